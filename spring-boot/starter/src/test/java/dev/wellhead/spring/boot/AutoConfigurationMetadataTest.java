package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.AutoConfigureBefore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

/**
 * Spring Boot reads the order and the required classes of the auto-configurations from this file. Otherwise, it reads the class
 * files of all of them at each start, including those for libraries that the application does not have.
 */
class AutoConfigurationMetadataTest {

    private static final Path RESOURCES = Path.of("src/main/resources/META-INF");
    private static final Path FILE = RESOURCES.resolve("spring-autoconfigure-metadata.properties");
    private static final Path CLASSES =
            RESOURCES.resolve("spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");

    @Test
    void metadata_hasTheAnnotationsOfEveryAutoConfiguration() throws IOException {
        List<String> expected = new ArrayList<>();
        for (String name : Files.readAllLines(CLASSES)) {
            add(name, expected);
        }
        if (System.getProperty("writeDocs") != null) {
            Files.write(FILE, expected);
        }

        assertThat(Files.readAllLines(FILE))
                .as(
                        "to update it: mvn -pl spring-boot/starter -am test -Dtest=AutoConfigurationMetadataTest -DwriteDocs"
                                + " -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(expected);
    }

    private static void add(String name, List<String> lines) throws IOException {
        AnnotationMetadata annotations =
                new SimpleMetadataReaderFactory().getMetadataReader(name).getAnnotationMetadata();
        lines.add(name + "=");
        add(name, annotations, AutoConfigureBefore.class, List.of("value", "name"), lines);
        add(name, annotations, AutoConfigureAfter.class, List.of("value", "name"), lines);
        add(name, annotations, ConditionalOnClass.class, List.of("value", "name"), lines);
        add(name, annotations, ConditionalOnBean.class, List.of("value", "type"), lines);
    }

    private static void add(
            String name, AnnotationMetadata annotations, Class<?> type, List<String> attributes, List<String> lines) {
        Map<String, Object> values = annotations.getAnnotationAttributes(type.getName(), true);
        List<String> classes = new ArrayList<>();
        for (String attribute : attributes) {
            classes.addAll(values == null ? List.of() : List.of((String[]) values.get(attribute)));
        }
        if (!classes.isEmpty()) {
            lines.add(name + "." + type.getSimpleName() + "=" + String.join(",", classes));
        }
    }
}
