package dev.wellhead.internal.pem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors of RFC 7914, section 12. */
class ScryptTest {

    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                "'', '', 16, 1, 1, 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
                "password, NaCl, 1024, 8, 16, fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
            })
    void derive_vectorOfTheRfc_returnsItsKey(
            String password, String salt, int cost, int blockSize, int parallelism, String key) throws Exception {
        byte[] derived = Scrypt.derive(ascii(password), ascii(salt), cost, blockSize, parallelism, 64);

        assertThat(HexFormat.of().formatHex(derived)).isEqualTo(key);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
