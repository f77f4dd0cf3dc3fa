package dev.wellhead.internal.connect.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of libpq, chapter "SSL Support", section "Client Verification of Server Certificates". */
class CertificateNamesTest {

    static Stream<Arguments> names() {
        List<String> none = List.of();
        return Stream.of(
                Arguments.of("db.example.com", List.of("db.example.com"), none, "", true),
                Arguments.of("DB.Example.COM", List.of("db.example.com"), none, "", true),
                Arguments.of("db.example.com.", List.of("db.example.com"), none, "", true),
                Arguments.of("a.example.com", List.of("*.example.com"), none, "", true),
                Arguments.of("a.b.example.com", List.of("*.example.com"), none, "", false),
                Arguments.of("example.com", List.of("*.example.com"), none, "", false),
                Arguments.of("db.example.com", List.of("other.example.com"), none, "db.example.com", false),
                Arguments.of("db.example.com", none, none, "db.example.com", true),
                Arguments.of("db.example.com", none, List.of("10.0.0.1"), "db.example.com", true),
                Arguments.of("bücher.example", List.of("xn--bcher-kva.example"), none, "", true),
                Arguments.of("10.0.0.1", none, List.of("10.0.0.1"), "", true),
                Arguments.of("10.0.0.1", List.of("10.0.0.1"), none, "", true),
                Arguments.of("10.0.0.1", none, none, "10.0.0.1", true),
                Arguments.of("10.0.0.1", none, List.of("10.0.0.2"), "10.0.0.1", false),
                Arguments.of("10.0.0.1", List.of("*.0.0.1"), none, "", false),
                Arguments.of("::1", none, List.of("0:0:0:0:0:0:0:1"), "", true),
                Arguments.of("fe80::1", none, List.of("fe80:0:0:0:0:0:0:2"), "", false),
                Arguments.of("db", none, none, "", false));
    }

    @ParameterizedTest(name = "{0} and DNS {1}, addresses {2}, CN {3}: {4}")
    @MethodSource("names")
    void cover_everyKindOfName_matchesAsLibpqDoes(
            String host, List<String> dns, List<String> addresses, String common, boolean covered) {
        assertThat(new CertificateNames(dns, addresses, common).cover(host)).isEqualTo(covered);
    }
}
