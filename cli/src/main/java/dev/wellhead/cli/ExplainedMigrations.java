package dev.wellhead.cli;

import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What migrations connect with, if it differs from the database.
 *
 * @param user the role; empty if the secret contains it
 * @param hosts in order; empty if they are in the secret
 * @param credentials the source of the user and the password, in words
 */
record ExplainedMigrations(String user, List<HostAndPort> hosts, String credentials) {

    private static final String SETTINGS = "migration.";

    /**
     * {@return the migrations; null if nothing is set for them, or if it is incomplete}
     *
     * @param findings receives a warning for each value that is missing: a service may start without it
     */
    static @Nullable ExplainedMigrations of(DatabaseSettings settings, List<Finding> findings) {
        if (settings.all().stream().noneMatch(setting -> setting.name().startsWith(SETTINGS))) {
            return null;
        }
        try {
            DatabaseSettings ofMigrations = SettingsCompletion.forMigrations(settings);
            return new ExplainedMigrations(
                    ofMigrations.user(), ofMigrations.hosts(), ExplainReport.credentials(ofMigrations));
        } catch (ConfigurationException e) {
            for (Problem problem : e.problems()) {
                findings.add(Finding.ofMigrations(problem));
            }
            return null;
        }
    }

    /** {@return the facts in one line} */
    String text() {
        String servers = hosts.stream().map(HostAndPort::toString).collect(Collectors.joining(", "));
        return (user.isEmpty() ? "" : user + ", ") + credentials + (servers.isEmpty() ? "" : ", " + servers);
    }
}
