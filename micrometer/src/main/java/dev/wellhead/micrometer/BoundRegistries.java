package dev.wellhead.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The registries of one factory, and the open databases that are reported to them. Thread-safe. */
final class BoundRegistries {

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
    private final Set<MeteredDatabase> databases = ConcurrentHashMap.newKeySet();

    /** {@return those of the factory on the class path} */
    static BoundRegistries global() {
        return Global.REGISTRIES;
    }

    void add(MeterRegistry registry) {
        synchronized (this) {
            // two registries are equal only if they are the same
            if (registries.contains(registry)) {
                return;
            }
            registries.add(registry);
        }
        databases.forEach(database -> database.bound(registry));
    }

    List<MeterRegistry> all() {
        return registries;
    }

    void opened(MeteredDatabase database) {
        databases.add(database);
    }

    void closed(MeteredDatabase database) {
        databases.remove(database);
    }

    /** Loaded only if it is used. */
    private static final class Global {

        static final BoundRegistries REGISTRIES = new BoundRegistries();

        static {
            REGISTRIES.add(Metrics.globalRegistry);
        }
    }
}
