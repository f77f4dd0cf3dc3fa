package dev.wellhead.internal.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads text files that users edit. A file must be valid UTF-8. */
public final class TextFile {

    private TextFile() {}

    /** {@return the whole text} */
    public static String text(Path file, FileKind kind) throws UnreadableFileException {
        byte[] content = RegularFiles.read(file, kind);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            // without the cause, which describes bytes of a password
            throw new UnreadableFileException(FileFault.NOT_UTF8);
        }
    }

    /** {@return the text without one final line break, which editors and {@code echo} add} Other blanks are kept. */
    public static String withoutFinalLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** {@return the lines, without their ends; a line ends with LF or CR LF} */
    public static List<String> lines(Path file, FileKind kind) throws UnreadableFileException {
        String text = text(file, kind);
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
}
