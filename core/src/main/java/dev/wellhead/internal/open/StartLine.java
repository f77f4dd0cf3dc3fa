package dev.wellhead.internal.open;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log line of a database that has opened: server, user, encryption, source of the password, size of the pool and the
 * time that a borrower waits, with the sources of these settings. DEBUG has every setting with its origin. The warnings
 * are logged before the first connection.
 */
final class StartLine {

    /** More hosts than these are counted and not listed. */
    private static final int LISTED_HOSTS = 3;

    /** More sources than these are counted and not listed. */
    private static final int LISTED_SOURCES = 6;

    /** The settings whose sources are listed. */
    private static final Setting<?>[] NAMED = {
        Settings.HOST,
        Settings.PORT,
        Settings.NAME,
        Settings.USER,
        Settings.PASSWORD,
        Settings.PASSWORD_FILE,
        Settings.PASSWORD_COMMAND,
        Settings.SECRET_FILE,
        Settings.PASSFILE,
        Settings.SECRET_ID,
        Settings.AUTH,
        Settings.SSLMODE,
        Settings.SSLROOTCERT,
        Settings.SSLCERT,
        Settings.POOLER,
        Settings.READER_HOST,
        Settings.MAXIMUM_POOL_SIZE,
        Settings.CONNECTION_TIMEOUT
    };

    private final DatabaseSettings settings;
    private final String credentials;
    private final boolean pooled;
    private final StringBuilder line;

    private StartLine(DatabaseSettings settings, String credentials, boolean pooled) {
        this.settings = settings;
        this.credentials = credentials;
        this.pooled = pooled;
        this.line = new StringBuilder(settings.name());
    }

    /**
     * Logs the line at INFO and all settings at DEBUG. Neither is built if its level is off.
     *
     * @param credentials the description of the credentials provider
     */
    static void write(DatabaseSettings settings, String credentials) {
        write(settings, credentials, true);
    }

    /** Logs the same without the size of the pool, because the application has its own. */
    static void writeUnpooled(DatabaseSettings settings, String credentials) {
        write(settings, credentials, false);
    }

    private static void write(DatabaseSettings settings, String credentials, boolean pooled) {
        Logger log = LoggerFactory.getLogger(OpenDatabase.LOGGER);
        if (log.isInfoEnabled()) {
            log.info("{}", new StartLine(settings, credentials, pooled).text());
        }
        if (log.isDebugEnabled()) {
            log.debug("{}", settings.describe());
        }
    }

    private String text() {
        line.append(": ");
        if (!settings.user().isEmpty()) {
            line.append(shown(Settings.USER)).append('@');
        }
        appendHosts(settings.hosts());
        line.append('/').append(shown(Settings.NAME));
        line.append(", sslmode=").append(settings.sslMode()).append(", ");
        appendCredentials();
        if (!settings.readerHosts().isEmpty()) {
            line.append(", reader ");
            appendHosts(settings.readerHosts());
        }
        ResolvedSetting pooler = settings.explain(Settings.POOLER).orElse(null);
        if (pooler != null && pooler.origin().kind() != Origin.Kind.DEFAULT) {
            line.append(", pooler ").append(pooler.value());
        }
        if (pooled) {
            line.append(", pool ").append(shown(Settings.MAXIMUM_POOL_SIZE));
        }
        line.append(", connectionTimeout ").append(shown(Settings.CONNECTION_TIMEOUT));
        return line.append(" (").append(sources()).append(')').toString();
    }

    private void appendHosts(List<HostAndPort> hosts) {
        for (int i = 0; i < hosts.size() && i < LISTED_HOSTS; i++) {
            line.append(i == 0 ? "" : ",").append(hosts.get(i));
        }
        if (hosts.size() > LISTED_HOSTS) {
            line.append(",... (").append(hosts.size()).append(" hosts)");
        }
    }

    private void appendCredentials() {
        CredentialsSource source = settings.credentialsSource();
        if (source instanceof CredentialsSource.Fixed) {
            ResolvedSetting password = settings.explain(Settings.PASSWORD).orElse(null);
            String place = password == null ? "" : place(password.origin());
            line.append(place.isEmpty() ? "default password" : "password from " + place);
        } else if (source instanceof CredentialsSource.PasswordFile file) {
            // the file of a service binding is not a setting
            String path = shown(Settings.PASSWORD_FILE);
            line.append("password from ")
                    .append(path.isEmpty() ? SafeText.of(file.file().toString()) : path);
        } else if (source instanceof CredentialsSource.Passfile passfile) {
            line.append("password from ").append(passfile.file());
        } else if (source instanceof CredentialsSource.NoPassword none) {
            line.append(
                    none.authentication().equals(Authentication.CERTIFICATE) ? "client certificate" : "no password");
        } else {
            line.append("credentials from ").append(credentials);
        }
    }

    private String shown(Setting<?> setting) {
        ResolvedSetting resolved = settings.explain(setting).orElse(null);
        return resolved == null ? "" : resolved.value();
    }

    private String sources() {
        List<String> sources = new ArrayList<>();
        for (Setting<?> setting : NAMED) {
            if (setting == Settings.MAXIMUM_POOL_SIZE && !pooled) {
                continue;
            }
            ResolvedSetting resolved = settings.explain(setting).orElse(null);
            String place = resolved == null ? "" : place(resolved.origin());
            if (!place.isEmpty() && !sources.contains(place)) {
                sources.add(place);
            }
        }
        if (sources.isEmpty()) {
            return "defaults of environment '" + settings.environment().name() + "'";
        }
        if (sources.size() > LISTED_SOURCES) {
            int others = sources.size() - LISTED_SOURCES;
            sources.subList(LISTED_SOURCES, sources.size()).clear();
            sources.add("and " + others + " more");
        }
        return String.join(", ", sources);
    }

    /** {@return the variable or the file that has a value, as short as possible; empty if no source has it} */
    private static String place(Origin origin) {
        if (origin instanceof Origin.UrlPart url) {
            return url.variable();
        }
        if (origin instanceof Origin.Variable variable) {
            return variable.name();
        }
        if (origin instanceof Origin.ValueFile file) {
            return file.variable();
        }
        if (origin instanceof Origin.ServiceBinding binding) {
            return "service binding " + binding.binding();
        }
        if (origin instanceof Origin.JdbcUrlPart part) {
            return part.whole();
        }
        if (origin instanceof Origin.ApplicationProperty property) {
            return property.source().isEmpty() ? "system properties" : property.source();
        }
        if (origin instanceof Origin.SystemProperty) {
            return "system properties";
        }
        if (origin instanceof Origin.ConfigurationLine conf) {
            return conf.file();
        }
        if (origin instanceof Origin.LibpqFile libpq) {
            return libpq.file();
        }
        if (origin instanceof Origin.SecretField secret) {
            return secret.source();
        }
        if (origin instanceof Origin.BuilderCall) {
            return "the builder";
        }
        return origin instanceof Origin.StartedServer ? origin.description() : "";
    }
}
