package dev.wellhead.tls;

import dev.wellhead.internal.pem.PemBlock;
import dev.wellhead.internal.pem.PemBlocks;
import dev.wellhead.internal.pem.PemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code sslcert}, {@code sslkey} or {@code sslrootcert}: the path of a file, or PEM text in place of one.
 * The text may be a private key, so {@link #toString()} shows only what it contains: {@code PEM text (2 certificates)}.
 * Immutable.
 */
public final class FileOrPem {

    private static final String SYSTEM = "system";

    private final @Nullable Path file;
    private final @Nullable String pem;
    private final String description;

    private FileOrPem(@Nullable Path file, @Nullable String pem, String description) {
        this.file = file;
        this.pem = pem;
        this.description = description;
    }

    /** {@return a path} Nothing is read. */
    public static FileOrPem ofFile(Path file) {
        return new FileOrPem(file, null, file.toString());
    }

    /**
     * {@return the blocks of a PEM text} Line breaks may be written as blanks or as the two characters {@code \n}. Text
     * between the blocks is dropped.
     *
     * @throws IllegalArgumentException if the text has no complete block; the message contains no part of the text
     */
    public static FileOrPem ofPem(String text) {
        try {
            List<PemBlock> blocks = PemBlocks.of(text);
            StringBuilder pem = new StringBuilder(text.length());
            for (PemBlock block : blocks) {
                pem.append(block.text());
            }
            return new FileOrPem(null, pem.toString(), describe(blocks));
        } catch (PemException e) {
            throw new IllegalArgumentException("The text " + e.getMessage() + ".", e);
        }
    }

    private static String describe(List<PemBlock> blocks) throws PemException {
        int certificates = 0;
        int keys = 0;
        int others = 0;
        for (PemBlock block : blocks) {
            if (block.label().endsWith("CERTIFICATE")) {
                certificates++;
            } else if (block.label().endsWith("PRIVATE KEY")) {
                keys++;
            } else {
                others++;
            }
        }
        if (certificates + keys + others == 0) {
            throw new PemException("contains no PEM block");
        }
        StringBuilder list = new StringBuilder();
        append(list, keys, "private key");
        append(list, certificates, "certificate");
        append(list, others, "other block");
        return "PEM text (" + list + ")";
    }

    private static void append(StringBuilder list, int count, String what) {
        if (count > 0) {
            list.append(list.length() == 0 ? "" : ", ")
                    .append(count)
                    .append(' ')
                    .append(what);
            list.append(count == 1 ? "" : "s");
        }
    }

    /** {@return the path; empty if the value is PEM text} */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * {@return the blocks, with real line breaks; empty if the value is a path} Sensitive: it may contain a private
     * key.
     */
    public Optional<String> pem() {
        return Optional.ofNullable(pem);
    }

    /**
     * {@return whether the value is {@code system}, which as {@code sslrootcert} means the roots that the JVM trusts}
     */
    public boolean isSystem() {
        return file != null && description.equals(SYSTEM);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileOrPem that && Objects.equals(file, that.file) && Objects.equals(pem, that.pem);
    }

    /** {@return a hash of the description, because a hash of the text would reveal something about a key} */
    @Override
    public int hashCode() {
        return description.hashCode();
    }

    /** {@return the path, or what the text contains} */
    @Override
    public String toString() {
        return description;
    }
}
