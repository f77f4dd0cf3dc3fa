package dev.wellhead.internal.pool;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server and a database that a pool can connect to.
 *
 * @param number increases with every place of the pool
 * @param location as the credentials named it; null if they do not
 */
record Place(long number, @Nullable ServerLocation location, DatabaseSettings settings, Connector connector) {

    private static final List<Setting<?>> PARTS = List.of(Settings.HOST, Settings.PORT, Settings.NAME);

    /** {@return whether connections to it reach the same server and database in the same way} */
    boolean isSameAs(DatabaseSettings other) {
        return settings.hosts().equals(other.hosts())
                && settings.databaseName().equals(other.databaseName())
                && settings.sslMode() == other.sslMode();
    }

    /** {@return whether the source of the credentials names a part of it, so that the source can move it} */
    boolean isNamedBySource() {
        for (Setting<?> part : PARTS) {
            boolean isNamed = settings.explain(part)
                    .map(setting -> setting.origin() instanceof Origin.SecretField)
                    .orElse(false);
            if (isNamed) {
                return true;
            }
        }
        return false;
    }

    // written out: the generated methods would link 60 classes before the first connection is open

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place place && number == place.number && connector == place.connector;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    /** {@return the servers and the database, for a log} */
    @Override
    public String toString() {
        return settings.hosts() + ", database '" + settings.databaseName() + "'";
    }
}
