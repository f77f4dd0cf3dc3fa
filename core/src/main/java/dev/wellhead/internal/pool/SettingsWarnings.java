package dev.wellhead.internal.pool;

import dev.wellhead.settings.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Logs the warnings of settings before a connection is opened with them. A secret can add the server, and with it further
 * warnings, so each warning is logged when it is new. Not thread-safe.
 */
final class SettingsWarnings {

    private static final String LOGGER = "dev.wellhead.Database";

    private final List<String> logged = new ArrayList<>(0);

    void log(DatabaseSettings settings) {
        for (String warning : settings.warnings()) {
            if (!logged.contains(warning)) {
                logged.add(warning);
                LoggerFactory.getLogger(LOGGER).warn("Database '{}': {}", settings.name(), warning);
            }
        }
    }
}
