package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/** Decides with the sanitizing functions of the application which values of settings are shown. Thread-safe. */
final class ShownValues {

    /** Follows the kind of a failure whose sentence is left out. */
    static final String HIDDEN = "The reason is not shown, because a SanitizingFunction hides a setting.";

    private static final Set<String> SENSITIVE = Settings.all().stream()
            .filter(Setting::isSensitive)
            .map(Setting::name)
            .collect(Collectors.toUnmodifiableSet());

    private final Sanitizer sanitizer;

    ShownValues(Iterable<SanitizingFunction> functions) {
        this.sanitizer = new Sanitizer(functions);
    }

    /** {@return the beginning of the keys of a database's settings} */
    static String block(Database database) {
        return "wellhead.databases." + database.settings().name() + '.';
    }

    /** {@return the value, or the replacement of the sanitizing function} */
    @Nullable
    String shown(String key, String value, boolean unsanitized) {
        Object shown = sanitizer.sanitize(new SanitizableData(null, key, value), unsanitized);
        return shown == null ? null : shown.toString();
    }

    /** {@return whether no sanitizing function hides the value} */
    boolean isShown(String key, String value) {
        return value.equals(shown(key, value, true));
    }

    /** {@return whether no sanitizing function hides a setting, so that sentences that quote any of them may be shown} */
    boolean areAllShown(Database database) {
        String block = block(database);
        return database.settings().all().stream()
                // no sentence quotes a sensitive value
                .filter(setting -> !SENSITIVE.contains(setting.name()))
                .allMatch(setting -> isShown(block + setting.name(), setting.value())
                        && setting.shadowed().stream()
                                .allMatch(shadowed -> isShown(block + setting.name(), shadowed.value())));
    }
}
