package dev.wellhead.internal.metrics;

import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.PoolMetrics;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;

/** The kind, the name and the server of a service, as attributes. A credentials provider may complete the server. */
public final class ServerAttributes {

    private static final List<Setting<?>> SETTINGS = List.of(Settings.HOST, Settings.PORT, Settings.NAME);

    /** The value of {@code db.system.name} for databases. */
    public static final String POSTGRESQL = "postgresql";

    private ServerAttributes() {}

    /** Implemented by settings that can be those of another service than a database. */
    public interface OfService {

        /** {@return the value of {@code db.system.name}} */
        String systemName();
    }

    /** {@return the value of {@code db.system.name}, as the semantic conventions define it} */
    public static String system(DatabaseSettings settings) {
        return settings instanceof OfService service ? service.systemName() : POSTGRESQL;
    }

    /**
     * {@return the name of the pool in events and metrics} A database and another service can have the same name, so the
     * one of the other service begins with its kind.
     */
    public static String poolName(DatabaseSettings settings) {
        String system = system(settings);
        if (isDatabase(settings)) {
            return settings.find(Settings.POOL_NAME).orElse(settings.name());
        }
        return settings.name().equals("default") ? system : system + "-" + settings.name();
    }

    static boolean isDatabase(DatabaseSettings settings) {
        return system(settings).equals(POSTGRESQL);
    }

    /** {@return whether there is a pool to measure, and how} */
    public static PoolMetrics poolMetrics(DatabaseSettings settings) {
        return settings.find(Settings.POOL_METRICS).orElse(PoolMetrics.OFF);
    }

    /**
     * {@return whether {@code resolved} has the final server and database} A secret or the caller's own provider may
     * return them; it then replaces the defaults.
     */
    static boolean areKnown(DatabaseSettings resolved) {
        CredentialsSource source = resolved.credentialsSource();
        boolean mayComplete = source.isSecret() || source instanceof CredentialsSource.Supplied;
        return SETTINGS.stream().allMatch(setting -> resolved.explain(setting)
                .map(value -> !mayComplete || value.origin().kind() != Origin.Kind.DEFAULT)
                .orElse(false));
    }
}
