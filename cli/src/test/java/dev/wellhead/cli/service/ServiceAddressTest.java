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
        "amqp://127.0.0.1:5673, amqp://127.0.0.1:5673, false",
        "amqps://app:pass-word@mq.internal, amqps://mq.internal:5671, true",
        "amqp://:p@ss@host/0?timeout=2s, amqp://host:5672, false",
        "http://search_node:9201, http://search_node:9201, false",
        "https://[2001:db8::1]:9201/1, https://[2001:db8::1]:9201, true",
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
                "amqp://app:12#34@host",
                "amqp://app:12/34@host",
                "amqp://app:12?34@host",
                "amqp://:secret word@",
                "amqp://host:0",
                "amqp://host:65536",
                "amqp://host:x",
                "amqp://",
                "host:6379",
                "mysql://host",
                "",
                "amqp://ho st",
                "http://host/a b",
                "http://h%20x",
                "http://m\u00fcller.example",
                "http://[::1%25eth0",
                "redis://host:6379",
                "amqp://host:",
                "amqp://[::1"
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
