package dev.wellhead.cli.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {

    @ParameterizedTest
    @CsvSource({
        "redis://127.0.0.1:6379, redis://127.0.0.1:6379, false",
        "rediss://app:pass-word@cache.internal, rediss://cache.internal:6379, true",
        "redis://:p@ss@host/0?timeout=2s, redis://host:6379, false",
        "redis://redis_cache:6380, redis://redis_cache:6380, false",
        "valkeys://[2001:db8::1]:6380/1, valkeys://[2001:db8::1]:6380, true",
        "amqp://guest:guest@127.0.0.1, amqp://127.0.0.1:5672, false",
        "AMQPS://mq.internal/%2f, amqps://mq.internal:5671, true",
        "https://search.internal, https://search.internal, true",
        "http://127.0.0.1:9200/x, http://127.0.0.1:9200, false",
        "https://search.internal:443, https://search.internal, true",
    })
    void url_valid_isShownWithoutItsLogin(String url, String shown, boolean tls) {
        ServiceAddress address = requireNonNull(ServiceAddress.parse(url));

        assertThat(address).hasToString(shown);
        assertThat(address.tls()).isEqualTo(tls);
    }

    /** In each of them, a part of the password could be taken for the host or the port. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://app:12#34@host",
                "redis://app:12/34@host",
                "redis://app:12?34@host",
                "redis://:secret word@",
                "redis://host:0",
                "redis://host:65536",
                "redis://host:x",
                "redis://",
                "host:6379",
                "mysql://host",
                "",
                "redis://ho st",
                "http://host/a b",
                "redis://host:",
                "redis://[::1"
            })
    void url_thatIsAmbiguousOrInvalid_isRefused(String url) {
        assertThat(ServiceAddress.parse(url)).isNull();
    }

    @Test
    void path_ofAnHttpUrl_isThatOfTheRequest() {
        ServiceAddress address = requireNonNull(ServiceAddress.parse("http://127.0.0.1:9090/a/b?c=d"));

        assertThat(new String(ServiceProtocol.HTTP.request(address), StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "GET /a/b HTTP/1.1",
                        "Host: 127.0.0.1:9090",
                        "User-Agent: wellhead",
                        "Accept: */*",
                        "Connection: close",
                        "");
    }
}
