package dev.wellhead.micrometer;

import dev.wellhead.internal.metrics.PoolNames;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Measures databases with Micrometer: their pools, connections, credentials and rotations.
 *
 * <p>If this module is on the class path, every database that is opened is measured in {@code Metrics.globalRegistry}, to
 * which frameworks add their registries. To use another registry, pass it to the builder; the factory on the class path is then
 * not used for this database:
 *
 * <pre>{@code
 * Databases.builder().listener(DatabaseMeters.on(registry)).open();
 * }</pre>
 *
 * <p>If the database is opened before there is a registry, use {@link #unbound()} and call {@link #bindTo} later; {@code
 * meters::bindTo} is a Micrometer {@code MeterBinder}. The meters of a database are removed from the registry when it is closed.
 *
 * <p>Thread-safe. The caller closes the registry. {@code docs/metrics.md} lists the meters.
 */
public final class DatabaseMeters implements DatabaseListenerFactory {

    private static final PoolNames NAMES = new PoolNames();

    /** Null for the global registry, so that this class can be created without Micrometer. */
    private final @Nullable BoundRegistries registries;

    /**
     * Creates a factory that uses {@code Metrics.globalRegistry}. Events before a registry was added to it are not recorded.
     * Without Micrometer on the class path, databases open without meters.
     */
    public DatabaseMeters() {
        this(null);
    }

    private DatabaseMeters(@Nullable BoundRegistries registries) {
        this.registries = registries;
    }

    /** {@return a factory that uses {@code registry} and never the global one} */
    public static DatabaseMeters on(MeterRegistry registry) {
        return unbound().bindTo(registry);
    }

    /**
     * {@return a factory that uses no registry until {@link #bindTo} is called} Events of physical connections and credentials
     * before that moment are recorded later (the last 256 of them); borrows before that moment are not measured.
     */
    public static DatabaseMeters unbound() {
        return new DatabaseMeters(new BoundRegistries());
    }

    /**
     * Adds a registry for the databases that were opened with this factory, and for those that will be. Further calls with the
     * same registry have no effect.
     *
     * @return this
     * @throws IllegalStateException if this factory uses the global registry
     */
    public DatabaseMeters bindTo(MeterRegistry registry) {
        Objects.requireNonNull(registry, "registry");
        BoundRegistries own = registries;
        if (own == null) {
            throw new IllegalStateException("This factory uses Metrics.globalRegistry. Call Metrics.addRegistry, or use"
                    + " DatabaseMeters.on(registry) or DatabaseMeters.unbound().");
        }
        own.add(registry);
        return this;
    }

    /** Called by Wellhead when a database is opened. */
    @Override
    public DatabaseListener create(DatabaseSettings settings) {
        try {
            BoundRegistries used = registries == null ? BoundRegistries.global() : registries;
            return MeteredDatabase.listener(settings, used, NAMES, InstantSource.system());
        } catch (LinkageError missing) {
            if (registries != null) {
                throw missing;
            }
            // frameworks bring this module whether Micrometer is used or not
            LoggerFactory.getLogger(DatabaseMeters.class)
                    .debug("Databases have no meters: micrometer-core is not on the class path, or too old.", missing);
            return new NoMeters();
        }
    }

    /** Ignores every event. */
    private static final class NoMeters implements DatabaseListener {}
}
