package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.wellhead.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTest {

    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    @BeforeAll
    static void write() throws Exception {
        if (System.getProperty("writeDocs") != null) {
            Files.writeString(FILE, ConfigurationMetadata.text());
        }
    }

    @Test
    void metadata_isGeneratedFromTheCatalogue() throws Exception {
        assertThat(Files.readString(FILE))
                .as("to update it: mvn -pl spring-boot/starter -am test -Dtest=ConfigurationMetadataTest -DwriteDocs"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(ConfigurationMetadata.text());
    }

    @Test
    void metadata_isJson_andDescribesEverySetting() throws Exception {
        List<String> names = new ArrayList<>();
        for (JsonElement property :
                JsonParser.parseString(Files.readString(FILE)).getAsJsonObject().getAsJsonArray("properties")) {
            names.add(property.getAsJsonObject().get("name").getAsString());
            assertThat(property.getAsJsonObject().get("description").getAsString())
                    .matches("[A-Z].*\\.");
        }

        assertThat(names)
                .contains("wellhead.databases.default.maximum-pool-size", "wellhead.databases.default.secret-id")
                .hasSizeGreaterThan(Settings.all().size());
    }
}
