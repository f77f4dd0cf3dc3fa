package dev.wellhead.internal.files;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Reads a password file under libpq's conditions: a regular file that only its owner can access. */
public final class PassfileReader {

    /** More than any real file, and little enough to read at every start. */
    public static final int LARGEST_BYTES = 1 << 20;

    private PassfileReader() {}

    /**
     * Reads the whole file.
     *
     * @throws Ignored if the file must not be read or cannot be used
     */
    public static String read(Path file) throws Ignored {
        if (!Files.exists(file)) {
            throw new Ignored("it does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new Ignored("it is not a plain file");
        }
        requirePrivate(file);
        String text = decode(bytes(file));
        if (text.indexOf('\0') >= 0) {
            throw new Ignored("it holds a NUL character");
        }
        return text;
    }

    private static void requirePrivate(Path file) throws Ignored {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (UnsupportedOperationException e) {
            return; // Windows, on which libpq does not check either
        } catch (IOException e) {
            throw new Ignored("its permissions cannot be read");
        }
        for (PosixFilePermission permission : permissions) {
            if (permission.compareTo(PosixFilePermission.OWNER_EXECUTE) > 0) {
                throw new Ignored("it has group or world access; its permissions should be 0600 or less");
            }
        }
    }

    private static byte[] bytes(Path file) throws Ignored {
        // not Files.newInputStream, whose channel is closed if the reading thread is interrupted
        try (InputStream in = new FileInputStream(file.toFile())) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new Ignored("it is larger than 1 MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw new Ignored("it cannot be read by this user");
        }
    }

    private static String decode(byte[] bytes) throws Ignored {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Ignored("it is not UTF-8");
        }
    }

    /** Why a file is ignored, to complete the sentence "... is ignored:". Has no cause, which could contain the text. */
    public static final class Ignored extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String reason;

        Ignored(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
