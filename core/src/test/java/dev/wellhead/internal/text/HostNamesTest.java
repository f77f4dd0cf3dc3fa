package dev.wellhead.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "Localhost.",
                "127.0.0.1",
                "127.8.9.250",
                "::1",
                "[::1]",
                "::1%lo",
                "0:0:0:0:0:0:0:1",
                "::ffff:127.0.0.1"
            })
    void isLoopback_localhostOrLoopbackAddress_isTrue(String host) {
        assertThat(HostNames.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1.example.com",
                "127.0.0",
                "127.1",
                "0.0.0.0",
                "::",
                "[::]",
                "[::1",
                "[127.0.0.1].example.com",
                "::ffff:10.0.0.1",
                "localhost.localdomain",
                "localhost..",
                "db.localhost",
                "ip6-localhost",
                "host.docker.internal",
                "127.0.0.256",
                "127...1",
                "127.0.0.1.",
                "127.0.0.0001",
                "10.0.0.1",
                "localhost.example.com",
                "::2",
                ":::",
                "%a:b:c",
                "",
                "db"
            })
    void isLoopback_similarText_isFalse(String host) {
        assertThat(HostNames.isLoopback(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "255.255.255.255", "0.0.0.0", "::1", "fe80::1%eth0", "2001:db8::1"})
    void literal_address_isParsed(String host) {
        assertThat(HostNames.isLiteral(host)).isTrue();
        assertThat(HostNames.literal(host)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.a",
                "2130706433",
                "0x7f.1",
                "::g",
                "db:1:2",
                ".:1:2",
                "%a:b:c"
            })
    void literal_otherText_isNull(String host) {
        assertThat(HostNames.literal(host)).isNull();
    }
}
