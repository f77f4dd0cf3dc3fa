package dev.wellhead.internal.connect.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "255.255.255.255", "0.0.0.0", "::1", "fe80::1", "2001:db8::1"})
    void isLiteral_address_isOne(String host) {
        assertThat(Addresses.isLiteral(host)).isTrue();
        assertThat(Addresses.parse(host).getAddress()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.a",
                "١.2.3.4"
            })
    void isLiteral_anythingElse_isAName(String host) {
        assertThat(Addresses.isLiteral(host)).isFalse();
    }
}
