package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.reflection.PublicApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The public API is listed in a file, so that a review shows each change. */
class PublicApiTest {

    @Test
    void publicApi_listing_isWhatIsCommitted() throws Exception {
        PublicApi api = PublicApi.ofModule("redis", Path.of(""));

        assertThat(api.listing()).as(api.description()).isEqualTo(api.committed());
    }
}
