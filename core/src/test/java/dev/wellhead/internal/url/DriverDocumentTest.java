package dev.wellhead.internal.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DriverDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "driver.md");

    @Test
    void document_isGeneratedFromThePropertiesOfTheDriver() throws IOException {
        if (System.getProperty("writeDocs") != null) {
            Files.writeString(DOCUMENT, DriverDocument.text());
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(DriverDocument.text());
    }
}
