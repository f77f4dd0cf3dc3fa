package dev.wellhead.internal.resolve;

import dev.wellhead.internal.files.FileMode;
import dev.wellhead.internal.pem.PemBlock;
import dev.wellhead.internal.pem.PemBlocks;
import dev.wellhead.internal.pem.PemException;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.tls.FileOrPem;
import java.util.Locale;
import java.util.Optional;

/** Checks the file of a client key without reading it. Used only if {@code sslkey} is set. */
final class ClientKeyFile {

    private ClientKeyFile() {}

    /** {@return whether it is a key store by its name, or PEM text with a certificate} */
    static boolean mayContainCertificate(FileOrPem key) {
        String pem = key.pem().orElse(null);
        return pem == null ? isKeyStore(key.toString().toLowerCase(Locale.ROOT)) : containsCertificate(pem);
    }

    private static boolean isKeyStore(String name) {
        return name.endsWith(".p12")
                || name.endsWith(".pfx")
                || name.endsWith(".pkcs12")
                || name.endsWith(".jks")
                || name.endsWith(".keystore");
    }

    private static boolean containsCertificate(String pem) {
        try {
            for (PemBlock block : PemBlocks.of(pem)) {
                if (block.label().endsWith("CERTIFICATE")) {
                    return true;
                }
            }
        } catch (PemException e) {
            // an invalid text has already been reported
        }
        return false;
    }

    /**
     * {@return a warning if other users of the machine can read the key} libpq refuses such a key. Here it is only a
     * warning, because a secret that is mounted into a container often belongs to root and is readable for all.
     *
     * @param value the setting
     * @param key its value
     */
    static Optional<String> warning(RawValue value, FileOrPem key) {
        return key.file()
                .flatMap(FileMode::ofExposed)
                .map(mode -> value.key() + " names " + key
                        + ", which other users of this machine can read or change (mode " + mode
                        + "). Set its mode to 0600, or to 0640 if it belongs to root.");
    }
}
