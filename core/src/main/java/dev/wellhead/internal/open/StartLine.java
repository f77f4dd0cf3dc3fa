package dev.wellhead.internal.open;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log line of a database that has opened: host, user and encryption, and every other setting that differs from its
 * default, each with its origin. The warnings are logged before the first connection.
 */
final class StartLine {

    private static final Set<String> SHOWN_ALWAYS = Set.of(
            Settings.HOST.name(),
            Settings.PORT.name(),
            Settings.NAME.name(),
            Settings.USER.name(),
            Settings.SSLMODE.name());

    private StartLine() {}

    /** Logs the line at INFO. It is not built if that level is off. */
    static void write(DatabaseSettings settings) {
        Logger log = LoggerFactory.getLogger(OpenDatabase.LOGGER);
        if (log.isInfoEnabled()) {
            log.info("{}", text(settings));
        }
    }

    private static String text(DatabaseSettings settings) {
        StringBuilder line = new StringBuilder("Database '")
                .append(settings.name())
                .append("' is open in environment '")
                .append(settings.environment().name())
                .append("':");
        String separator = " ";
        for (ResolvedSetting setting : settings.all()) {
            if (SHOWN_ALWAYS.contains(setting.name()) || setting.origin().kind() != Origin.Kind.DEFAULT) {
                line.append(separator)
                        .append(setting.name())
                        .append('=')
                        .append(setting.value())
                        .append(" (")
                        .append(setting.origin().description())
                        .append(')');
                separator = ", ";
            }
        }
        return line.append('.').toString();
    }
}
