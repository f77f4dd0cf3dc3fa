package dev.wellhead.internal.resolve;

import dev.wellhead.internal.files.FileFault;
import dev.wellhead.internal.files.LibpqFiles;
import dev.wellhead.internal.files.Passfile;
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
            return notFound(reason(e));
        }
        String database = state.values().get(Settings.NAME);
        if (hosts.isEmpty() || database == null || user.isEmpty()) {
            return notFound("host, database name or user not known");
        }
        return matches(path, passfile, database, user) ? file : notFound("no matching line");
    }

    // not a catch clause, so that UnreadableFileException is loaded only if the file is not used
    private static String reason(IOException thrown) {
        return thrown instanceof UnreadableFileException e && e.fault() != FileFault.MISSING
                ? "ignored: it " + e.reason()
                : "no such file";
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
