package dev.wellhead.internal.open;

import dev.wellhead.internal.providers.BrokenProvider;
import dev.wellhead.internal.providers.ServiceProviders;
import dev.wellhead.internal.resolve.DecidedSettings;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Creates the listeners of one service. */
final class ListenerChoice {

    private final DatabaseSettings settings;
    private final List<DatabaseListenerFactory> factories;

    /** @param factories of the builder; each replaces a factory of the same class on the class path */
    ListenerChoice(DatabaseSettings settings, List<DatabaseListenerFactory> factories) {
        this.settings = settings;
        this.factories = factories;
    }

    /** {@return the listeners of the builder and of the class path, in this order} */
    List<DatabaseListener> listeners() {
        List<DatabaseListener> all = new ArrayList<>();
        for (DatabaseListenerFactory factory : factories) {
            all.add(factory.create(settings));
        }
        List<BrokenProvider> broken = new ArrayList<>(0);
        List<DatabaseListenerFactory> found = ServiceProviders.all(DatabaseListenerFactory.class, broken);
        for (BrokenProvider provider : broken) {
            warnOfSkipped(provider.message(), provider.cause());
        }
        for (DatabaseListenerFactory factory : found) {
            if (!isReplaced(factory)) {
                try {
                    all.add(factory.create(settings));
                } catch (RuntimeException | LinkageError e) {
                    warnOfSkipped(
                            factory.getClass().getName() + ", which is on the class path, cannot create a listener.",
                            e);
                }
            }
        }
        return all;
    }

    /** {@return whether the builder has a factory of the same class} */
    private boolean isReplaced(DatabaseListenerFactory found) {
        for (DatabaseListenerFactory factory : factories) {
            if (factory.getClass() == found.getClass()) {
                return true;
            }
        }
        return false;
    }

    /** A listener that only happens to be on the class path must not keep a program from its service. */
    private void warnOfSkipped(String message, Throwable failure) {
        String title = DecidedSettings.catalogueOf(settings).title();
        LoggerFactory.getLogger(OpenDatabase.LOGGER)
                .warn(
                        "{} {} opens without this listener.",
                        message,
                        title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1),
                        failure);
    }
}
