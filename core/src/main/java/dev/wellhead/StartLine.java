package dev.wellhead;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.Set;
import org.slf4j.Logger;

/** The one line at start: where, who and how encrypted, and what else differs from the defaults, each with its origin. */
final class StartLine {

    /** Said even where they are defaults. */
    private static final Set<String> ALWAYS = Set.of(
            Settings.HOST.name(),
            Settings.PORT.name(),
            Settings.NAME.name(),
            Settings.USER.name(),
            Settings.SSLMODE.name());

    private StartLine() {}

    static void write(Logger log, DatabaseSettings settings) {
        if (log.isInfoEnabled()) {
            log.info("{}", text(settings));
        }
        for (String warning : settings.warnings()) {
            log.warn("Database '{}': {}", settings.name(), warning);
        }
    }

    static String text(DatabaseSettings settings) {
        StringBuilder line = new StringBuilder("Database '")
                .append(settings.name())
                .append("' is open in environment '")
                .append(settings.environment().name())
                .append("':");
        String separator = " ";
        for (ResolvedSetting setting : settings.all()) {
            if (ALWAYS.contains(setting.name()) || setting.origin().kind() != Origin.Kind.DEFAULT) {
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
