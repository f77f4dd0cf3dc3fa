package dev.wellhead;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.open.DatabaseOpener;
import dev.wellhead.internal.open.OpenDatabase;
import dev.wellhead.internal.open.StartClasses;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Setting;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.spi.SettingsSource;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens a database with settings, providers and listeners that the code chooses. It overrides all other sources of
 * settings. Not thread-safe.
 */
public final class DatabaseBuilder {

    private final Map<Setting<?>, String> values = new LinkedHashMap<>();
    private final List<TrustAnchorsProvider> trustAnchors = new ArrayList<>();
    private String name = "default";
    private @Nullable Map<String, String> environment;
    private @Nullable SettingsSource source;
    private final List<DatabaseListener> listeners = new ArrayList<>();
    private final List<DatabaseListenerFactory> factories = new ArrayList<>();
    private @Nullable CredentialsProvider credentials;
    private @Nullable LocalDatabaseProvider localDatabase;

    DatabaseBuilder() {}

    /** Sets the name of the database: letters, digits, {@code _} and {@code -}. The default is {@code "default"}. */
    public DatabaseBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Sets the environment to read in place of this process's variables and system properties. */
    public DatabaseBuilder environment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        source = null;
        return this;
    }

    /**
     * Sets the configuration of a framework, which is read in place of this process's variables, its system properties and
     * {@code application.conf}. It replaces an {@link #environment} that was set before.
     */
    public DatabaseBuilder settings(SettingsSource source) {
        this.source = Objects.requireNonNull(source, "source");
        environment = null;
        return this;
    }

    /** Sets one setting. The value is written as in an environment variable, such as {@code "30s"}. */
    public DatabaseBuilder set(Setting<?> setting, String value) {
        values.put(Objects.requireNonNull(setting, "setting"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Sets the provider of user and password. It overrides every configured source of a password. The database closes
     * the provider when it is closed, or when it cannot be opened.
     */
    public DatabaseBuilder credentials(CredentialsProvider provider) {
        credentials = Objects.requireNonNull(provider, "provider");
        return this;
    }

    /** Adds a provider of trust anchors. It is asked before those on the class path. */
    public DatabaseBuilder trustAnchors(TrustAnchorsProvider provider) {
        trustAnchors.add(Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /** Adds a listener, in addition to those on the class path. */
    public DatabaseBuilder listener(DatabaseListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds a factory that creates a listener. It replaces a factory of the same class on the class path. */
    public DatabaseBuilder listener(DatabaseListenerFactory factory) {
        factories.add(Objects.requireNonNull(factory, "factory"));
        return this;
    }

    /** Sets the provider that starts a local database if there is none. It replaces the one on the class path. */
    public DatabaseBuilder localDatabase(LocalDatabaseProvider provider) {
        localDatabase = Objects.requireNonNull(provider, "provider");
        return this;
    }

    /**
     * {@return the resolved settings} Opens nothing.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     */
    public DatabaseSettings resolve() {
        SettingsRequest request = request();
        for (Map.Entry<Setting<?>, String> value : values.entrySet()) {
            request = request.with(value.getKey(), value.getValue());
        }
        for (TrustAnchorsProvider provider : trustAnchors) {
            request = request.with(provider);
        }
        return SettingsResolver.resolve(credentials == null ? request : request.credentialsSupplied());
    }

    private SettingsRequest request() {
        if (source != null) {
            return SettingsRequest.ofFramework(name, source);
        }
        return environment == null ? SettingsRequest.ofProcess(name) : SettingsRequest.of(name, environment);
    }

    /**
     * {@return the open database; the caller closes it}
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     * @throws ConnectionFailedException if no connection opens; it contains the kind of failure, the setting to check
     *     and the remedy
     * @throws SQLException if the database refuses to set up the first connection
     */
    public Database open() throws SQLException {
        StartClasses.prepare();
        DatabaseSettings settings;
        try {
            settings = resolve();
        } catch (RuntimeException e) {
            if (credentials != null) {
                credentials.close();
            }
            throw e;
        }
        return open(settings);
    }

    Database open(DatabaseSettings settings) throws SQLException {
        OpenDatabase open = new DatabaseOpener(credentials, listeners, factories, localDatabase).open(settings);
        open.manageWith(DatabaseMXBean.class, new DatabaseBean(open));
        return new PooledDatabase(open);
    }
}
