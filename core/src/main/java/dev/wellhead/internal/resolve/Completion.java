package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * What the source of the credentials says about the server.
 *
 * @param location what it says
 * @param origin the secret
 */
public record Completion(ServerLocation location, Origin origin) {

    public List<RawValue> values() {
        List<RawValue> values = new ArrayList<>(3);
        if (location.host() != null && !location.host().isBlank()) {
            values.add(new RawValue(Settings.HOST, Sensitive.of(location.host()), in("host")));
        }
        if (location.port() != null) {
            values.add(new RawValue(Settings.PORT, Sensitive.of(Integer.toString(location.port())), in("port")));
        }
        if (location.databaseName() != null && !location.databaseName().isBlank()) {
            values.add(new RawValue(Settings.NAME, Sensitive.of(location.databaseName()), in("dbname")));
        }
        return values;
    }

    private Origin in(String field) {
        return new Origin(Origin.Kind.SECRET, field + " in " + origin.description());
    }
}
