package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.redis.internal.RedisCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RedisDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "redis.md");

    @Test
    void document_isGeneratedFromTheCatalogue() throws IOException {
        if (System.getProperty("writeDocs") != null) {
            Files.writeString(DOCUMENT, RedisDocument.text());
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(RedisDocument.text());
    }

    @Test
    void descriptions_ofEverySetting_areWholeSentences() throws IOException {
        assertThat(RedisCatalogue.REDIS.settings()).allSatisfy(setting -> {
            String constant =
                    RedisCatalogue.REDIS.definition(setting).variable().substring("REDIS_".length());
            assertThat(RedisDocument.descriptions().getOrDefault(constant, "")).matches("[A-Z].*\\.");
        });
    }
}
