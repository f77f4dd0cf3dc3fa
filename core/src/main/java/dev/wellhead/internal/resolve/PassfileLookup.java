package dev.wellhead.internal.resolve;

import dev.wellhead.internal.files.Passfile;
import dev.wellhead.internal.sources.Facts;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks for the password of a user in libpq's password file, and says what came of it. */
public final class PassfileLookup {

    private final Facts facts;
    private final Values values;
    private final List<HostAndPort> hosts;
    private final Problems problems;
    private final List<String> warnings;
    private String result = "not checked";

    public PassfileLookup(
            Facts facts, Values values, List<HostAndPort> hosts, Problems problems, List<String> warnings) {
        this.facts = facts;
        this.values = values;
        this.hosts = hosts;
        this.problems = problems;
        this.warnings = warnings;
    }

    /** {@return the file where a line of it matches a server} The password then is among the values. */
    public Optional<Path> find(String user) {
        Optional<Path> file = file();
        if (file.isEmpty()) {
            return missing("no home directory");
        }
        Path path = file.get();
        if (!Files.exists(path)) {
            return missing("no such file");
        }
        Optional<String> ignored = Passfile.whyIgnored(path);
        if (ignored.isPresent()) {
            return missing("ignored: " + ignored.get());
        }
        String database = values.get(Settings.NAME);
        if (hosts.isEmpty() || database == null || user.isEmpty()) {
            return missing("host, database name or user not known");
        }
        return match(path, database, user) ? file : missing("no matching line");
    }

    private Optional<Path> file() {
        Path named = values.get(Settings.PASSFILE);
        return named == null ? facts.files().passfile() : Optional.of(named);
    }

    private Optional<Path> missing(String why) {
        result = why;
        return Optional.empty();
    }

    private boolean match(Path file, String database, String user) {
        boolean found = false;
        StringBuilder without = new StringBuilder();
        for (HostAndPort host : hosts) {
            Optional<Passfile.Match> match = Passfile.find(file, host.host(), host.port(), database, user);
            if (match.isEmpty()) {
                without.append(without.length() == 0 ? "" : ", ").append(host);
            } else if (!found) {
                found = true;
                Origin origin =
                        new Origin.LibpqFile(facts.files().describe(file), match.get().line());
                values.addLate(RawValue.of(Settings.PASSWORD, match.get().password(), origin), problems);
            }
        }
        if (found && without.length() > 0) {
            warnings.add(facts.files().describe(file) + " has no line for " + without + ".");
        }
        return found;
    }

    /** {@return the file, or the key that names it, and the result: {@code .pgpass (no matching line)}} */
    public Problem.CheckedPlace checked() {
        RawValue named = values.winner(Settings.PASSFILE);
        return new Problem.CheckedPlace(named == null ? ".pgpass" : named.key(), result);
    }
}
