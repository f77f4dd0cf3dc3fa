package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * The server that the source of the credentials names.
 *
 * @param location the parts it has
 * @param source the provider's description, such as {@code secret 'prod/ledger'}
 */
public record Completion(ServerLocation location, String source) {

    public List<RawValue> values() {
        List<RawValue> values = new ArrayList<>(3);
        if (location.host() != null && !location.host().isBlank()) {
            values.add(new RawValue(Settings.HOST, Sensitive.of(location.host()), origin("host")));
        }
        if (location.port() != null) {
            values.add(new RawValue(Settings.PORT, Sensitive.of(Integer.toString(location.port())), origin("port")));
        }
        if (location.databaseName() != null && !location.databaseName().isBlank()) {
            values.add(new RawValue(Settings.NAME, Sensitive.of(location.databaseName()), origin("dbname")));
        }
        return values;
    }

    public Origin origin(String field) {
        return new Origin.SecretField(source, field);
    }
}
