package dev.wellhead.internal.resolve;

import dev.wellhead.internal.files.FileFault;
import dev.wellhead.internal.files.LibpqFiles;
import dev.wellhead.internal.files.Passfile;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the password of a user in libpq's password file, and keeps the result for messages. */
final class PassfileLookup {

    private final DecisionState state;
    private final LibpqFiles files;
    private final List<HostAndPort> hosts;
    private String result = "not checked";

    PassfileLookup(DecisionState state, List<HostAndPort> hosts) {
        this.state = state;
        this.files = state.contents().files();
        this.hosts = hosts;
    }

    /** {@return the file, if it has a line for a server} Then the password is added to the values. */
    Optional<Path> find(String user) {
        Path named = state.values().get(Settings.PASSFILE);
        Optional<Path> file = named == null ? files.passfile() : Optional.of(named);
        if (file.isEmpty()) {
            return notFound("no home directory");
        }
        Path path = file.get();
        Passfile passfile;
        try {
            passfile = Passfile.read(path);
        } catch (IOException e) {
            return notFound(reason(e, path));
        }
        String database = state.values().get(Settings.NAME);
        if (hosts.isEmpty() || database == null || user.isEmpty()) {
            return notFound("host, database name or user not known");
        }
        return matches(path, passfile, database, user) ? file : notFound("no matching line");
    }

    // The type is not in the catch clause, so that its class is loaded only if the file is not used.
    private String reason(IOException thrown, Path file) {
        if (!(thrown instanceof UnreadableFileException e)) {
            return "no such file";
        }
        boolean isMissing = e.fault() == FileFault.MISSING;
        RawValue named = state.values().winner(Settings.PASSFILE);
        if (named != null || (!isMissing && RegularFiles.exists(file))) {
            state.warnings().add(subject(named, file) + " " + e.reason() + ". The file is ignored. " + e.fix());
        }
        return isMissing ? "no such file" : "ignored: it " + e.reason();
    }

    /** {@return the file, and the setting that names it} A part of a URL is not shown, because it can be a password. */
    private String subject(@Nullable RawValue named, Path file) {
        if (named == null) {
            return files.describe(file);
        }
        boolean isShown = !named.quoted(named.text().reveal()).isEmpty();
        return named.key() + " names " + (isShown ? files.describe(file) : "a file") + ", which";
    }

    /** Keeps the reason for {@link #checked()}. */
    private Optional<Path> notFound(String reason) {
        result = reason;
        return Optional.empty();
    }

    private boolean matches(Path file, Passfile passfile, String database, String user) {
        boolean found = false;
        StringBuilder withoutLine = new StringBuilder();
        for (HostAndPort host : hosts) {
            Optional<Passfile.Match> match = passfile.find(host.host(), host.port(), database, user);
            if (match.isEmpty()) {
                withoutLine.append(withoutLine.length() == 0 ? "" : ", ").append(host);
            } else if (!found) {
                found = true;
                Origin origin =
                        new Origin.LibpqFile(files.describe(file), match.get().line());
                state.values()
                        .addLate(RawValue.of(Settings.PASSWORD, match.get().password(), origin), state.problems());
            }
        }
        if (found && withoutLine.length() > 0) {
            state.warnings().add(files.describe(file) + " has no line for " + withoutLine + ".");
        }
        return found;
    }

    /** {@return the file, or the key that names it, and the result: {@code .pgpass (no matching line)}} */
    Problem.CheckedPlace checked() {
        RawValue named = state.values().winner(Settings.PASSFILE);
        return new Problem.CheckedPlace(named == null ? ".pgpass" : named.key(), result);
    }
}
