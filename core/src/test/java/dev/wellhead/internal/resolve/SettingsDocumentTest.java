package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");

    @Test
    void document_isGeneratedFromTheCatalogue() throws IOException {
        if (System.getProperty("writeDocs") != null) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, SettingsDocument.text());
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(SettingsDocument.text());
    }

    @Test
    void descriptions_ofEverySetting_areWholeSentences() throws IOException {
        assertThat(SettingsDocument.descriptions())
                .hasSize(Settings.all().size())
                .allSatisfy((constant, description) -> assertThat(description).matches("[A-Z].*\\."));
    }
}
