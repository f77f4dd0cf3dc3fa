package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

    @Test
    void document_equalsTheGeneratedText() throws IOException {
        if (System.getProperty("writeDocs") != null) {
            Files.writeString(DOCUMENT, MetricsDocument.text());
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(MetricsDocument.text());
    }
}
