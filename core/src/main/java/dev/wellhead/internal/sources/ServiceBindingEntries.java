package dev.wellhead.internal.sources;

import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.TextFile;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.pem.PemBlocks;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.FollowedFile;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of one service binding, which are files. A URL supplies the values that no other entry has.
 * Certificates and keys stay in their files, which are read again when they change. Sources: Service Binding
 * Specification for Kubernetes, "Well-known Secret Entries"; Spring Cloud Bindings, "PostgreSQL RDBMS", for
 * {@code database}, {@code sslmode}, {@code sslrootcert} and {@code options}.
 */
final class ServiceBindingEntries {

    private static final List<Entry> ENTRIES = List.of(
            new Entry("host", Settings.HOST),
            new Entry("port", Settings.PORT),
            new Entry("database", Settings.NAME),
            new Entry("username", Settings.USER),
            new Entry("password", Settings.PASSWORD),
            new Entry("sslmode", Settings.SSLMODE),
            new Entry("options", Settings.OPTIONS));

    private static final List<Entry> FILES = List.of(
            new Entry("ca.crt", Settings.SSLROOTCERT),
            new Entry("certificates", Settings.SSLCERT),
            new Entry("private-key", Settings.SSLKEY));

    private static final String ROOT = "sslrootcert";

    private final Path directory;
    private final String binding;
    private final Problems problems;
    private final List<RawValue> values = new ArrayList<>();

    ServiceBindingEntries(Path directory, Problems problems) {
        this.directory = directory;
        this.binding = String.valueOf(directory.getFileName());
        this.problems = problems;
    }

    /** {@return the values, with the origin {@code host in service binding orders}} */
    List<RawValue> read() {
        for (Entry entry : ENTRIES) {
            String text = text(entry.name());
            if (text != null) {
                RawValue value = RawValue.of(entry.setting(), text, origin(entry.name()));
                values.add(value.in(new FollowedFile(directory.resolve(entry.name()), false), value.origin()));
            }
        }
        addRootCertificate();
        for (Entry entry : FILES) {
            if (!isSet(entry.setting()) && RegularFiles.exists(directory.resolve(entry.name()))) {
                addPath(entry.setting(), directory.resolve(entry.name()), entry.name());
            }
        }
        addUrl();
        return values;
    }

    /** The entry contains the certificates, or the name of the file that contains them. */
    private void addRootCertificate() {
        String text = text(ROOT);
        if (text == null) {
            return;
        }
        if (PemBlocks.isIn(text)) {
            addPath(Settings.SSLROOTCERT, directory.resolve(ROOT), ROOT);
        } else if (text.equals("system")) {
            values.add(RawValue.of(Settings.SSLROOTCERT, text, origin(ROOT)));
        } else {
            try {
                addPath(Settings.SSLROOTCERT, directory.resolve(text.strip()), ROOT);
            } catch (InvalidPathException e) {
                report(ROOT, "is neither a certificate nor the name of a file", "Write the certificate into it.");
            }
        }
    }

    private void addPath(Setting<?> setting, Path file, String entry) {
        values.add(RawValue.of(setting, file.toString(), origin(entry)));
    }

    /** An invalid URL is a problem only if the other entries are not sufficient. */
    private void addUrl() {
        String uri = text("uri");
        String entry = uri == null ? "jdbc-url" : "uri";
        String url = uri == null ? text(entry) : uri;
        if (url == null) {
            return;
        }
        boolean isNeeded =
                !isSet(Settings.HOST) || !isSet(Settings.NAME) || !isSet(Settings.USER) || !isSet(Settings.PASSWORD);
        Origin origin = origin(entry);
        List<RawValue> parts = UrlInFile.parse(
                Catalogue.DATABASES,
                url,
                origin.description(),
                directory.resolve(entry),
                part -> origin,
                isNeeded ? problems : new Problems());
        for (RawValue part : parts) {
            if (!isSet(part.setting())) {
                values.add(part);
            }
        }
    }

    private boolean isSet(Setting<?> setting) {
        for (RawValue value : values) {
            if (value.setting() == setting) {
                return true;
            }
        }
        return false;
    }

    /** {@return the content of an entry; null if there is none, or it is blank} */
    private @Nullable String text(String entry) {
        Path file = directory.resolve(entry);
        if (!RegularFiles.exists(file)) {
            return null;
        }
        try {
            String text = TextFile.withoutFinalLineBreak(TextFile.text(file, FileKind.PASSWORD));
            return text.isBlank() ? null : text;
        } catch (UnreadableFileException e) {
            report(entry, e.reason(), e.fix());
            return null;
        }
    }

    private void report(String entry, String what, String fix) {
        problems.add(
                ProblemCode.INVALID_SERVICE_BINDING,
                ServiceBindings.VARIABLE,
                "The entry '" + entry + "' of service binding " + binding + " " + what + ".",
                origin(entry),
                fix);
    }

    private Origin origin(String entry) {
        return new Origin.ServiceBinding(binding, entry);
    }

    /** An entry that contains the value of a setting, or the file of a setting. */
    private record Entry(String name, Setting<?> setting) {}
}
