package dev.wellhead.internal.connect.driver;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import java.util.List;

/** The server settings that a session starts with. They are part of the startup packet and need no query. */
final class StartupOptions {

    private StartupOptions() {}

    /** Returns the {@code options} of the startup packet. The user's own options come last, so they take precedence. */
    static String of(DatabaseSettings settings) {
        StringBuilder options = new StringBuilder();
        timeout(options, "statement_timeout", settings, Settings.STATEMENT_TIMEOUT);
        timeout(options, "lock_timeout", settings, Settings.LOCK_TIMEOUT);
        timeout(options, "idle_in_transaction_session_timeout", settings, Settings.IDLE_IN_TRANSACTION_SESSION_TIMEOUT);
        if (settings.get(Settings.READ_ONLY)) {
            append(options, "default_transaction_read_only", "on");
        }
        String own = settings.find(Settings.OPTIONS).orElse("");
        if (!own.isEmpty()) {
            options.append(options.isEmpty() ? "" : " ").append(own);
        }
        return options.toString();
    }

    private static void timeout(
            StringBuilder options, String name, DatabaseSettings settings, Setting<Duration> setting) {
        Duration value = settings.find(setting).orElse(null);
        if (value != null) {
            append(options, name, Long.toString(value.toMillis()));
        }
    }

    private static void append(StringBuilder options, String name, String value) {
        options.append(options.isEmpty() ? "-c " : " -c ")
                .append(name)
                .append('=')
                .append(value);
    }

    /** Returns the schemas as quoted identifiers, or an empty text if there are none. */
    static String searchPath(DatabaseSettings settings) {
        StringBuilder path = new StringBuilder();
        for (String schema : settings.find(Settings.SCHEMA).orElse(List.of())) {
            path.append(path.isEmpty() ? "\"" : ", \"")
                    .append(schema.replace("\"", "\"\""))
                    .append('"');
        }
        return path.toString();
    }
}
