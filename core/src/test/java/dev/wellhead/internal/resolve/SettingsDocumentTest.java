package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");

    @Test
    void document_isWhatTheCatalogueSays() throws IOException {
        if (System.getProperty("writeDocs") != null) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, SettingsDocument.text());
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(SettingsDocument.text());
    }
}
