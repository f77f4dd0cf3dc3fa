package dev.wellhead.cli.service;

import dev.wellhead.internal.text.SafeText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One reply of Redis: a line, an error, a number or a text. Source: Redis serialization protocol specification, version 2.
 *
 * @param type the first byte: {@code +}, {@code -}, {@code :} or {@code $}
 * @param text the content; of a text, up to {@value #LONGEST} bytes
 */
record RedisReply(char type, String text) {

    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_BEGINNING = 16;
    private static final int LONGEST = 1_000_000;

    /** Before the arguments of a command that the server does not have. Those of AUTH are sensitive. */
    private static final String ARGUMENTS = "with args beginning with";

    /**
     * Reads one reply.
     *
     * @throws IOException if the connection fails, or the answer is not such a reply
     */
    static RedisReply read(InputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            throw new EOFException("the connection was closed");
        }
        String line = line(in);
        return switch (type) {
            case '+', '-', ':' -> new RedisReply((char) type, line);
            case '$' -> new RedisReply('$', bulk(in, line));
            default -> throw new IOException("its answer is not Redis");
        };
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new EOFException("the connection was closed");
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("its answer is not Redis");
            }
            line.append((char) read);
        }
        boolean endsWithReturn = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
        return endsWithReturn ? line.substring(0, line.length() - 1) : line.toString();
    }

    /** {@return a text of the length in {@code line}; empty if it is the null of the protocol} */
    private static String bulk(InputStream in, String line) throws IOException {
        if (line.equals("-1")) {
            return "";
        }
        if (!line.matches("[0-9]{1,7}") || Integer.parseInt(line) > LONGEST) {
            throw new IOException("its answer is not Redis");
        }
        int length = Integer.parseInt(line);
        byte[] content = in.readNBytes(length);
        byte[] end = in.readNBytes(2);
        if (content.length < length || end.length < 2) {
            throw new EOFException("the connection was closed");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    boolean isError() {
        return type == '-';
    }

    /**
     * {@return the text as it may be shown: without the arguments of a command, which some servers repeat}
     *
     * @param sensitive passwords that were sent; a text that contains one of them, or its beginning, is not shown
     */
    String shown(List<String> sensitive) {
        int arguments = text.indexOf(ARGUMENTS);
        String shown = arguments < 0 ? text : text.substring(0, arguments).replaceFirst("[, ]+$", "");
        for (String password : sensitive) {
            // servers shorten what they repeat
            String beginning = password.substring(0, Math.min(password.length(), LONGEST_BEGINNING));
            if (!beginning.isEmpty() && shown.contains(beginning)) {
                return "its answer is not shown, because it contains the password";
            }
        }
        return SafeText.of(shown);
    }

    /** {@return the value of a field in the answer to INFO; empty if it is missing} */
    String field(String name) {
        for (String line : text.split("\r?\n", -1)) {
            if (line.startsWith(name + ":")) {
                return SafeText.of(line.substring(name.length() + 1));
            }
        }
        return "";
    }
}
