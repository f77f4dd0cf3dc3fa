package dev.wellhead.internal.pem;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.testkit.ShownText;
import org.jspecify.annotations.Nullable;

/** Reads any bytes as a key store, without a password and with one. */
class KeyStoresFuzzTest {

    @FuzzTest
    void keyStore_anyBytes_isReadOrRefusedWithoutShowingIt(byte[] input) {
        for (char[] password : new char[] @Nullable [] {null, {}, ShownText.MARK.toCharArray()}) {
            read(input, password);
        }
    }

    private static void read(byte[] input, char @Nullable [] password) {
        try {
            ShownText.requireHarmless(KeyStores.privateKey(input, password));
        } catch (PemException e) {
            ShownText.requireHarmless(e);
        }
        try {
            if (KeyStores.certificates(input, password).isEmpty()) {
                throw new AssertionError("no certificate and no exception");
            }
        } catch (PemException e) {
            ShownText.requireHarmless(e);
        }
    }
}
