package dev.wellhead.internal.pool;

import dev.wellhead.settings.DatabaseSettings;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Logs the warnings of settings before a connection is opened with them. A secret can add the server, and with it further
 * warnings, so each warning is logged when it is new.
 */
final class SettingsWarnings {

    private static final String LOGGER = "dev.wellhead.Database";

    private SettingsWarnings() {}

    /** @param logged the warnings that were logged before; the new ones are added to it */
    static void log(DatabaseSettings settings, List<String> logged) {
        for (String warning : settings.warnings()) {
            if (!logged.contains(warning)) {
                logged.add(warning);
                LoggerFactory.getLogger(LOGGER).warn("Database '{}': {}", settings.name(), warning);
            }
        }
    }
}
