package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.pem.PemBlock;
import dev.wellhead.internal.pem.PemBlocks;
import dev.wellhead.internal.pem.PemException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The revocation lists of {@code sslcrl}, a file, and of {@code sslcrldir}, a directory with the file names that
 * {@code openssl rehash} creates. Source: PostgreSQL documentation, libpq chapter, parameters sslcrl and sslcrldir.
 */
final class RevocationLists {

    /** Bounds the time to list a directory that was configured by mistake. */
    private static final int MOST_ENTRIES = 1000;

    /** The form {@code 1a2b3c4d.r0}. OpenSSL does not read other files either. */
    private static final Pattern HASHED = Pattern.compile("[0-9a-fA-F]{8}\\.r[0-9]+");

    private final @Nullable Path file;
    private final @Nullable Path directory;

    private RevocationLists(@Nullable Path file, @Nullable Path directory) {
        this.file = file;
        this.directory = directory;
    }

    /** Returns the lists of the settings; null if they have none. */
    static @Nullable RevocationLists of(DatabaseSettings settings) {
        Path file = settings.find(Settings.SSLCRL).orElse(null);
        Path directory = settings.find(Settings.SSLCRLDIR).orElse(null);
        return file == null && directory == null ? null : new RevocationLists(file, directory);
    }

    /** Returns the files that are in the directory now. */
    List<Path> entries() {
        try {
            return directory == null ? List.of() : list(directory);
        } catch (TlsMaterialException unreadable) {
            // loading reports it
            return List.of();
        }
    }

    /** Reads the files. */
    RevocationCheck load() throws TlsMaterialException {
        List<RevocationList> lists = new ArrayList<>();
        StringBuilder source = new StringBuilder();
        if (file != null) {
            source.append("the revocation list ").append(file);
            read(file, Settings.SSLCRL, lists);
        }
        if (directory != null) {
            source.append(source.isEmpty() ? "" : " or ")
                    .append("the revocation list directory ")
                    .append(directory);
            for (Path each : list(directory)) {
                read(each, Settings.SSLCRLDIR, lists);
            }
        }
        return new RevocationCheck(List.copyOf(lists), source.toString());
    }

    private static List<Path> list(Path directory) throws TlsMaterialException {
        List<Path> entries;
        try {
            entries = RegularFiles.list(directory, MOST_ENTRIES);
        } catch (UnreadableFileException unreadable) {
            throw unusable("directory " + directory, unreadable.reason(), Settings.SSLCRLDIR, unreadable);
        }
        List<Path> files = new ArrayList<>();
        for (Path entry : entries) {
            if (HASHED.matcher(entry.getFileName().toString()).matches()) {
                files.add(entry);
            }
        }
        if (files.isEmpty()) {
            throw unusable(
                    "directory " + directory,
                    "contains no file with a name such as 1a2b3c4d.r0; 'openssl rehash' creates these names",
                    Settings.SSLCRLDIR,
                    null);
        }
        return files;
    }

    private static void read(Path file, Setting<?> setting, List<RevocationList> lists) throws TlsMaterialException {
        byte[] content;
        try {
            content = RegularFiles.read(file, FileKind.REVOCATION_LIST);
        } catch (UnreadableFileException unreadable) {
            throw unusable("file " + file, unreadable.reason(), setting, unreadable);
        }
        int before = lists.size();
        try {
            parse(content, lists);
        } catch (PemException | CRLException | CertificateException malformed) {
            throw unusable(
                    "file " + file,
                    "does not contain valid X.509 revocation lists in PEM or DER format",
                    setting,
                    malformed);
        }
        if (lists.size() == before) {
            throw unusable("file " + file, "contains no revocation list", setting, null);
        }
    }

    /** A file in PEM format may also contain certificates, which are ignored. */
    private static void parse(byte[] content, List<RevocationList> lists)
            throws PemException, CRLException, CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<PemBlock> blocks = PemBlocks.of(content);
        if (blocks.isEmpty()) {
            for (CRL each : factory.generateCRLs(new ByteArrayInputStream(content))) {
                lists.add(new RevocationList((X509CRL) each));
            }
        }
        for (PemBlock block : blocks) {
            if (block.label().equals("X509 CRL")) {
                lists.add(new RevocationList((X509CRL) factory.generateCRL(new ByteArrayInputStream(block.decode()))));
            }
        }
    }

    private static TlsMaterialException unusable(
            String subject, String reason, Setting<?> setting, @Nullable Exception cause) {
        return new TlsMaterialException("The revocation list " + subject + " " + reason + ".", "", cause, setting);
    }
}
