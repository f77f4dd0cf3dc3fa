package dev.wellhead.internal.connect;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import java.util.List;

/** What the session starts with: settings of the server that travel in the startup packet, with no query. */
public final class StartupOptions {

    private StartupOptions() {}

    /** The {@code options} of the startup packet; what the user wrote comes last and so wins. */
    public static String of(DatabaseSettings settings) {
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

    /** The schemas as quoted identifiers, exactly as they are named; empty where there are none. */
    public static String searchPath(DatabaseSettings settings) {
        StringBuilder path = new StringBuilder();
        for (String schema : settings.find(Settings.SCHEMA).orElse(List.of())) {
            path.append(path.isEmpty() ? "\"" : ", \"")
                    .append(schema.replace("\"", "\"\""))
                    .append('"');
        }
        return path.toString();
    }
}
