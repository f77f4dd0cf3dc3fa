package dev.wellhead.settings;

import dev.wellhead.internal.definitions.HiddenConstructors;
import dev.wellhead.settings.Setting.ValueKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates settings and exceptions for modules with a catalogue of their own. */
@SuppressWarnings("unchecked") // the caller passes what this package requires
final class RegisteredConstructors implements HiddenConstructors {

    static {
        REGISTERED.set(new RegisteredConstructors());
    }

    @Override
    public Object setting(
            String variablePrefix,
            String name,
            Enum<?> kind,
            String description,
            List<?> choices,
            long[] bounds,
            @Nullable String localDefault,
            @Nullable String strictDefault) {
        return new Setting<>(variablePrefix, name, (ValueKind) kind, description)
                .choices((List<Object>) choices)
                .bounds(bounds[0], bounds[1], "")
                .localDefault(localDefault)
                .strictDefault(strictDefault);
    }

    @Override
    public RuntimeException failure(String title, List<?> problems, List<?> settings) {
        return new ConfigurationException(title, (List<Problem>) problems, (List<ResolvedSetting>) settings);
    }
}
