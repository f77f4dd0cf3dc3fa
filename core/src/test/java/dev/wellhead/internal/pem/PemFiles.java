package dev.wellhead.internal.pem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files of the tests in this package, which OpenSSL 3.0 and OpenSSH have written. */
final class PemFiles {

    static final String PASSWORD = "key-password-0815";

    private PemFiles() {}

    static byte[] read(String name) throws IOException {
        try (InputStream in = PemFiles.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    static String text(String name) throws IOException {
        return new String(read(name), StandardCharsets.US_ASCII);
    }
}
