package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * The server that the source of the credentials names, such as the host in a secret.
 *
 * @param location the parts of the location that the source contains
 * @param source the provider's description, such as {@code secret 'prod/ledger'}
 */
record SuppliedServer(ServerLocation location, String source) {

    /** {@return the parts as values of settings, for the same precedence as other sources} */
    List<RawValue> values(Catalogue catalogue) {
        List<RawValue> values = new ArrayList<>(3);
        if (location.host() != null && !location.host().isBlank()) {
            values.add(RawValue.of(Settings.HOST, location.host(), origin("host")));
        }
        if (location.port() != null) {
            values.add(RawValue.of(Settings.PORT, Integer.toString(location.port()), origin("port")));
        }
        Setting<?> database = catalogue.databaseOfServer();
        if (database != null
                && location.databaseName() != null
                && !location.databaseName().isBlank()) {
            values.add(RawValue.of(database, location.databaseName(), origin("dbname")));
        }
        return values;
    }

    /** {@return the origin of one field of the source} */
    Origin origin(String field) {
        return new Origin.SecretField(source, field);
    }
}
