package dev.wellhead.embedded.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.reflection.PublicApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The public API is listed in a file, so that a review shows each change. */
class PublicApiTest {

    @Test
    void provider_listing_isWhatIsCommitted() throws Exception {
        PublicApi api = PublicApi.ofModule("embedded", Path.of(""));

        assertThat(api.listing()).as(api.description()).isEqualTo(api.committed());
    }

    @Test
    void server_listing_isWhatIsCommitted() throws Exception {
        PublicApi api = PublicApi.ofModule("embedded-server", Path.of("../embedded-server"));

        assertThat(api.listing()).as(api.description()).isEqualTo(api.committed());
    }
}
