package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {

    static Stream<Arguments> lists() {
        return Stream.of(
                arguments("DB_HOST=db", "db:5432"),
                arguments("DB_HOST=db DB_PORT=6432", "db:6432"),
                arguments("DB_HOST=a,b", "a:5432 b:5432"),
                arguments("DB_HOST=a,b DB_PORT=1,65535", "a:1 b:65535"),
                arguments("DB_HOST=10.0.0.1", "10.0.0.1:5432"),
                arguments("DB_HOST=::1", "[::1]:5432"),
                arguments("DB_HOST=fe80::1%eth0", "[fe80::1%eth0]:5432"),
                arguments("DB_HOST=2001:db8::7,db DB_PORT=1,2", "[2001:db8::7]:1 db:2"),
                arguments("DB_HOST=my_service", "my_service:5432"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void hosts_andPorts_pairAsLibpqDoes(String variables, String servers) {
        assertThat(Resolve.settings(variables).hosts())
                .extracting(HostAndPort::toString)
                .containsExactly(servers.split(" "));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(
                        "/var/run/postgresql",
                        "contains '/var/run/postgresql', which is a Unix socket directory. Only TCP hosts are"
                                + " supported."),
                arguments("@abstract", "is a Unix socket directory. Only TCP hosts are supported."),
                arguments(
                        "db,/tmp", "contains '/tmp', which is a Unix socket directory. Only TCP hosts are supported."),
                arguments("db:5432", "contains 'db:5432', which has a port."),
                arguments("[::1]", "contains '[::1]', which is in brackets. Brackets are allowed only in a URL."),
                arguments(
                        "[::1]:5432",
                        "contains '[::1]:5432', which is in brackets. Brackets are allowed only in a URL."),
                arguments("db:", "has a colon, but no port after it."),
                arguments("user:hunter2", "has a colon, but no port after it."),
                arguments("user:hunter2:x", "is not an IPv6 address."),
                arguments("fe80:::1", "contains 'fe80:::1', which is not an IPv6 address."),
                arguments("postgres://u:p@h/d", "is a URL, not a host."),
                arguments("user:hunter2@db", "has characters that a host name cannot have."),
                arguments("hunter2@db", "has characters that a host name cannot have."),
                arguments("dätenbank", "contains 'dätenbank', which has characters that are not ASCII."),
                arguments("a".repeat(254), "is longer than a host name can be."));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void host_invalid_isRejected(String host, String complaint) {
        assertThat(Resolve.problem("DB_HOST=" + host).get(0)).isEqualTo("DB_HOST " + complaint);
    }

    @Test
    void unixSocket_isRefused_withTheFix() {
        assertThat(Resolve.problem("DB_HOST=/var/run/postgresql"))
                .containsExactly(
                        "DB_HOST contains '/var/run/postgresql', which is a Unix socket directory. Only TCP hosts are"
                                + " supported.",
                        "From: environment variable DB_HOST",
                        "Use a host name. A server on this machine also listens on localhost if listen_addresses"
                                + " allows it.");
    }

    @Test
    void port_insideTheHost_isRefusedWithTheFix() {
        assertThat(Resolve.problem("DB_READER_HOST=db:5432"))
                .containsExactly(
                        "DB_READER_HOST contains 'db:5432', which has a port.",
                        "From: environment variable DB_READER_HOST",
                        "Write only the host, and the port as readerPort (DB_READER_PORT).");
    }

    @Test
    void ports_fewerThanHosts_areRefusedNamingBoth() {
        assertThat(Resolve.problem("DB_HOST=a,b,c DB_PORT=1,2"))
                .containsExactly(
                        "DB_PORT lists 2 ports for 3 hosts.",
                        "From: environment variable DB_PORT; environment variable DB_HOST",
                        "Give one port for all hosts, or one port per host in the same order.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "5432x", "99999999999999999999", "٥٤٣٢", "1,0"})
    void port_outOfRange_isRefused(String port) {
        assertThat(Resolve.problem("DB_PORT=" + port).get(0))
                .isEqualTo("DB_PORT is '" + port + "', which is not a "
                        + (port.contains(",") ? "list of ports." : "port."));
    }

    @Test
    void port_withBlank_isRefused() {
        SettingsRequest request = SettingsRequest.of("default", java.util.Map.of("DB_PORT", "5432 "));

        assertThat(Resolve.lines(Resolve.problems(request)).get(0))
                .isEqualTo("DB_PORT is '5432 ', which is not a port.");
    }

    @Test
    void readerHosts_withoutPorts_takeThePortOfTheDatabase() {
        DatabaseSettings settings = Resolve.settings("DB_HOST=db DB_PORT=6432 DB_READER_HOST=r1,r2");

        assertThat(settings.readerHosts()).extracting(HostAndPort::toString).containsExactly("r1:6432", "r2:6432");
    }
}
