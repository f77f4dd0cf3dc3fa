package dev.wellhead;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Setting;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens a database with some things decided by code. Not thread-safe. */
public final class DatabaseBuilder {

    private final Map<Setting<?>, String> values = new LinkedHashMap<>();
    private final List<TrustAnchorsProvider> trustAnchors = new ArrayList<>();
    private String name = "default";
    private @Nullable Map<String, String> environment;
    private final List<DatabaseListener> listeners = new ArrayList<>();
    private final List<DatabaseListenerFactory> factories = new ArrayList<>();
    private @Nullable CredentialsProvider credentials;
    private @Nullable LocalDatabaseProvider localDatabase;

    DatabaseBuilder() {}

    /** The name of the database: letters, digits, {@code _} and {@code -}; {@code "default"} unless called. */
    public DatabaseBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /** The environment to read in place of this process; system properties are then not read either. */
    public DatabaseBuilder environment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        return this;
    }

    /** Overrides a setting of the catalogue. */
    public DatabaseBuilder set(Setting<?> setting, String value) {
        values.put(Objects.requireNonNull(setting, "setting"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Where user and password come from, in place of what is configured. Closed with the database, and when opening it
     * fails.
     */
    public DatabaseBuilder credentials(CredentialsProvider provider) {
        credentials = Objects.requireNonNull(provider, "provider");
        return this;
    }

    /** Asked before those found on the class path. */
    public DatabaseBuilder trustAnchors(TrustAnchorsProvider provider) {
        trustAnchors.add(Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /** Told what happens, beside those found on the class path. May be called more than once. */
    public DatabaseBuilder listener(DatabaseListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Makes a listener for the database; takes the place of a factory of the same class on the class path. May be called
     * more than once.
     */
    public DatabaseBuilder listener(DatabaseListenerFactory factory) {
        factories.add(Objects.requireNonNull(factory, "factory"));
        return this;
    }

    /** Starts a local database where none is there, in place of the one found on the class path. */
    public DatabaseBuilder localDatabase(LocalDatabaseProvider provider) {
        localDatabase = Objects.requireNonNull(provider, "provider");
        return this;
    }

    /**
     * {@return the settings, without opening anything}
     *
     * @throws dev.wellhead.settings.ConfigurationException when settings are missing or wrong, with every problem
     */
    public DatabaseSettings resolve() {
        SettingsRequest request =
                environment == null ? SettingsRequest.ofProcess(name) : SettingsRequest.of(name, environment);
        for (Map.Entry<Setting<?>, String> value : values.entrySet()) {
            request = request.with(value.getKey(), value.getValue());
        }
        for (TrustAnchorsProvider provider : trustAnchors) {
            request = request.with(provider);
        }
        return SettingsResolver.resolve(credentials == null ? request : request.credentialsSupplied());
    }

    /**
     * {@return the open database; the caller closes it}
     *
     * @throws dev.wellhead.settings.ConfigurationException when settings are missing or wrong, with every problem
     * @throws SQLException when it does not connect, with the class of failure, the setting that led there and the fix
     */
    public Database open() throws SQLException {
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
        return new Opening(credentials, listeners, factories, localDatabase).open(settings);
    }
}
