package dev.wellhead;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Setting;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.sql.SQLException;
import java.util.Map;

/** Opens a database with some things decided by code. Not thread-safe. */
public final class DatabaseBuilder {

    DatabaseBuilder() {}

    /** The name of the database: letters, digits, {@code _} and {@code -}; {@code "default"} unless called. */
    public DatabaseBuilder name(String name) {
        throw new UnsupportedOperationException(name);
    }

    /** The environment to read in place of this process; system properties are then not read either. */
    public DatabaseBuilder environment(Map<String, String> environment) {
        throw new UnsupportedOperationException(environment.toString());
    }

    /** Overrides a setting of the catalogue. */
    public DatabaseBuilder set(Setting<?> setting, String value) {
        throw new UnsupportedOperationException(setting.name() + value);
    }

    /** Where user and password come from, in place of what is configured. Closed with the database. */
    public DatabaseBuilder credentials(CredentialsProvider provider) {
        throw new UnsupportedOperationException(provider.toString());
    }

    /** Asked before those found on the class path. */
    public DatabaseBuilder trustAnchors(TrustAnchorsProvider provider) {
        throw new UnsupportedOperationException(provider.toString());
    }

    /** Told what happens, beside those found on the class path. May be called more than once. */
    public DatabaseBuilder listener(DatabaseListener listener) {
        throw new UnsupportedOperationException(listener.toString());
    }

    /** Starts a local database where none is there, in place of the one found on the class path. */
    public DatabaseBuilder localDatabase(LocalDatabaseProvider provider) {
        throw new UnsupportedOperationException(provider.toString());
    }

    /** {@return the settings, without opening anything} */
    public DatabaseSettings resolve() {
        throw new UnsupportedOperationException();
    }

    /** {@return the open database; the caller closes it} */
    public Database open() throws SQLException {
        return open(resolve());
    }

    Database open(DatabaseSettings settings) throws SQLException {
        throw new SQLException(settings.toString());
    }
}
