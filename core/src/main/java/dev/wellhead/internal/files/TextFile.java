package dev.wellhead.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads small text files that users edit. A file must be valid UTF-8 and at most 1 MiB long. */
public final class TextFile {

    /** Much larger than any real file, and small enough to be read quickly. */
    private static final int LARGEST = 1 << 20;

    private TextFile() {}

    /** {@return the lines, without their ends; a line ends with LF or CR LF} */
    public static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("it is not a plain file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            throw new IOException("it is larger than 1 MiB");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            lines.add(text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end));
            start = end + 1;
        }
        return lines;
    }

    /** {@return why a file cannot be read} The message of the system is not used, because it may contain any text. */
    public static String reason(IOException e) {
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e.getClass() == IOException.class && e.getMessage() != null ? e.getMessage() : "reading it failed";
    }
}
