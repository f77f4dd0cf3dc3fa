package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.TextFile;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.secret.SecretKeys;
import dev.wellhead.internal.secret.SecretLogin;
import dev.wellhead.internal.secret.SecretParser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the fields of a secret from one file, or from a directory with one file per field. Other files in the directory
 * are not read.
 */
final class SecretFile implements LoginLookup {

    /** More files than a mounted secret has. */
    private static final int MOST_ENTRIES = 1000;

    private final Path path;
    private final String subject;
    private final SecretParser parser;
    private final Set<String> fields;
    private final SettledFiles settled;

    /** @param subject the start of a sentence about the file: {@code DB_SECRET_FILE names /run/db.json, which} */
    SecretFile(Path path, String subject, SecretParser parser, SecretKeys keys, RefreshClock clock) {
        this.path = path;
        this.subject = subject;
        this.parser = parser;
        this.fields = new HashSet<>(SecretParser.SERVER_FIELDS);
        this.settled = new SettledFiles(keys, FileKind.PASSWORD, clock);
        fields.add(keys.user());
        fields.add(keys.password());
    }

    @Override
    public SecretLogin read(LoginTarget target, boolean isRefused) throws CredentialsException {
        try {
            return RegularFiles.isDirectory(path)
                    ? parser.parse(directory(isRefused), LABEL)
                    : parser.parse(TextFile.text(path, FileKind.SECRET), LABEL);
        } catch (UnreadableFileException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void settle() throws CredentialsException {
        try {
            if (RegularFiles.isDirectory(path)) {
                settled.settle(files(RegularFiles.list(path, MOST_ENTRIES)));
            }
        } catch (UnreadableFileException e) {
            throw unreadable(e);
        }
    }

    /** {@return the texts of the fields; for other files in the directory an empty text} */
    private Map<String, String> directory(boolean isRefused) throws UnreadableFileException, CredentialsException {
        List<Path> entries = RegularFiles.list(path, MOST_ENTRIES);
        if (entries.isEmpty()) {
            throw new CredentialsException(
                    subject + " is an empty directory.", "Mount the secret there, or name the right directory.", null);
        }
        Map<String, String> texts = new HashMap<>();
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            if (!name.startsWith(".")) {
                // the name is used in a message about a missing field
                texts.put(name, "");
            }
        }
        Map<String, Path> files = files(entries);
        if (!files.isEmpty()) {
            texts.putAll(settled.read(files, isRefused).texts());
        }
        return texts;
    }

    /** {@return the files of the fields by the names of the fields} */
    private Map<String, Path> files(List<Path> entries) {
        Map<String, Path> files = new HashMap<>();
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            if (fields.contains(name)) {
                files.put(name, entry);
            }
        }
        return files;
    }

    private CredentialsException unreadable(UnreadableFileException e) {
        return new CredentialsException(subject + " " + e.reason() + ".", e.fix(), e.getCause());
    }
}
