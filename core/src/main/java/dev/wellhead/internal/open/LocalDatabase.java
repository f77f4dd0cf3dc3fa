package dev.wellhead.internal.open;

import dev.wellhead.internal.providers.ServiceProviders;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Profile;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.LocalDatabaseProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Starts a database on a developer's machine or in a test if no host is configured. On a developer's machine, a server
 * that listens on the default host is used instead. A test never uses such a server if it can start its own, because
 * that server has the developer's data. Does nothing in a strict environment.
 */
final class LocalDatabase {

    private static final String[] LOOPBACK = {"127.0.0.1", "::1"};

    /** Loopback answers or refuses immediately, unless a firewall drops packets. */
    private static final int PROBE_MILLIS = 250;

    private final @Nullable LocalDatabaseProvider registered;

    /** @param registered the provider of the builder; null if the class path decides */
    LocalDatabase(@Nullable LocalDatabaseProvider registered) {
        this.registered = registered;
    }

    /** {@return the settings; those of the local database if it was started} */
    DatabaseSettings startIfNeeded(DatabaseSettings settings) throws SQLException {
        if (settings.environment().isStrict()
                || !settings.hostIsDefault()
                || hasCredentialsOfAServer(settings)
                || (!isTest(settings) && somethingListens(settings.hosts()))) {
            return settings;
        }
        LocalDatabaseProvider provider = provider(settings);
        return provider == null ? settings : start(provider, settings);
    }

    private static boolean isTest(DatabaseSettings settings) {
        return settings.environment().profile() == Profile.TEST;
    }

    /** {@return whether the credentials belong to a certain server, and so not to a database that starts now} */
    private static boolean hasCredentialsOfAServer(DatabaseSettings settings) {
        CredentialsSource source = settings.credentialsSource();
        return source.isSecret()
                || source instanceof CredentialsSource.Command
                || source instanceof CredentialsSource.Provided
                || source instanceof CredentialsSource.Supplied;
    }

    /** {@return the registered provider, or the only one on the class path; null if there is none} */
    private @Nullable LocalDatabaseProvider provider(DatabaseSettings settings) {
        if (registered != null) {
            return registered;
        }
        List<LocalDatabaseProvider> found = ServiceProviders.all(LocalDatabaseProvider.class);
        if (found.size() > 1) {
            List<String> descriptions = new ArrayList<>();
            for (LocalDatabaseProvider provider : found) {
                descriptions.add(provider.description());
            }
            throw new ConfigurationException(List.of(Problem.of(
                    ProblemCode.PROVIDER,
                    settings.variable(Settings.HOST),
                    found.size() + " modules on the class path can start a local database: "
                            + String.join(", ", descriptions) + ".",
                    List.of(),
                    List.of(
                            "Keep one of them, or choose one with DatabaseBuilder.localDatabase.",
                            "Or set " + settings.variable(Settings.HOST) + "."))));
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private static DatabaseSettings start(LocalDatabaseProvider provider, DatabaseSettings settings)
            throws SQLException {
        boolean isNameDefault = isDefault(settings, Settings.NAME);
        LocalDatabaseProvider.Request request = new LocalDatabaseProvider.Request(
                isNameDefault ? defaultName(settings) : settings.databaseName(),
                settings.user(),
                settings.sslMode(),
                initScripts(settings),
                settings.environment().profile());
        LocalDatabaseProvider.RunningServer server;
        try {
            server = provider.start(request);
        } catch (IOException e) {
            throw new ConnectionFailedException(
                    reason(settings) + ", and " + provider.description() + " could not be started: "
                            + SafeText.lines(String.valueOf(e.getMessage())),
                    "08001",
                    FailureKind.REFUSED,
                    e);
        }
        HostAndPort where = new HostAndPort(server.host(), server.port());
        LoggerFactory.getLogger(OpenDatabase.LOGGER)
                .info(
                        "{}, so {} was started for database '{}' on {}. It stops with this process.{}",
                        reason(settings),
                        provider.description(),
                        settings.name(),
                        where,
                        unusedPassword(settings, server));
        Map<Setting<?>, String> values = byCatalogue(server.settings());
        if (!request.databaseName().equals(settings.databaseName())) {
            values.putIfAbsent(Settings.NAME, request.databaseName());
        }
        return SettingsCompletion.withServer(settings, where, values, new Origin.StartedServer(provider.description()));
    }

    private static LocalDatabaseProvider.InitScripts initScripts(DatabaseSettings settings) {
        List<String> locations = settings.find(Settings.INIT_SCRIPTS).orElse(List.of());
        return new LocalDatabaseProvider.InitScripts(SettingReference.of(settings, Settings.INIT_SCRIPTS), locations);
    }

    private static String reason(DatabaseSettings settings) {
        return isTest(settings)
                ? "Environment '" + settings.environment().name() + "' has no " + settings.variable(Settings.HOST)
                : "Nothing listens on " + settings.hosts().get(0);
    }

    /** {@return the database of the settings: a named one has its own, because the default is the same for all names} */
    private static String defaultName(DatabaseSettings settings) {
        return settings.name().equals(DatabaseName.UNNAMED)
                ? settings.databaseName()
                : settings.databaseName() + "_" + settings.name();
    }

    private static boolean isDefault(DatabaseSettings settings, Setting<?> setting) {
        ResolvedSetting resolved = settings.explain(setting).orElse(null);
        return resolved != null && resolved.origin().kind() == Origin.Kind.DEFAULT;
    }

    /** {@return a sentence about a configured password that the server's own replaces; empty if there is none} */
    private static String unusedPassword(DatabaseSettings configured, LocalDatabaseProvider.RunningServer server) {
        if (server.settings().containsKey(Settings.PASSWORD.name())) {
            for (Setting<?> source : List.of(Settings.PASSWORD, Settings.PASSWORD_FILE)) {
                ResolvedSetting password = configured.explain(source).orElse(null);
                if (password != null && password.origin().kind() != Origin.Kind.DEFAULT) {
                    return " Its own password is used instead of the configured one ("
                            + password.origin().description() + ").";
                }
            }
        }
        return "";
    }

    private static Map<Setting<?>, String> byCatalogue(Map<String, String> settings) {
        Map<Setting<?>, String> values = new HashMap<>();
        for (Setting<?> setting : Settings.all()) {
            String value = settings.get(setting.name());
            if (value != null) {
                values.put(setting, value);
            }
        }
        return values;
    }

    /** {@return whether a port of the default hosts accepts connections on loopback, with IPv4 or IPv6} */
    private static boolean somethingListens(List<HostAndPort> hosts) {
        for (HostAndPort host : hosts) {
            for (String address : LOOPBACK) {
                if (accepts(address, host.port())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean accepts(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
