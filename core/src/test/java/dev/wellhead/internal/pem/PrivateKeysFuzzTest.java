package dev.wellhead.internal.pem;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.testkit.ShownText;
import java.security.PrivateKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads any bytes as a private key, without a password and with one. */
class PrivateKeysFuzzTest {

    @FuzzTest
    void key_anyBytes_isReadOrRefusedWithoutShowingIt(byte[] input) {
        read(input, null);
        PrivateKey key = read(input, ShownText.MARK.toCharArray());
        if (key != null) {
            PrivateKey again = read(key.getEncoded(), null);
            if (again == null || !Arrays.equals(key.getEncoded(), again.getEncoded())) {
                throw new AssertionError("another key after it was encoded");
            }
        }
    }

    private static @Nullable PrivateKey read(byte[] input, char @Nullable [] password) {
        try {
            return PrivateKeys.read(input, password);
        } catch (PemException e) {
            ShownText.requireHarmless(e);
            ShownText.requireHarmless(e.fix());
            return null;
        }
    }
}
