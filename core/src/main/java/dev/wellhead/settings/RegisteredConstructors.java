package dev.wellhead.settings;

import dev.wellhead.internal.definitions.HiddenConstructors;
import dev.wellhead.settings.Setting.ValueKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates settings and exceptions for modules with a catalogue of their own. */
@SuppressWarnings("unchecked") // the caller passes what this package requires
final class RegisteredConstructors extends HiddenConstructors {

    static {
        register(new RegisteredConstructors());
    }

    @Override
    public Object setting(String prefix, String name, Enum<?> kind, String description) {
        return new Setting<>(prefix, name, (ValueKind) kind, description);
    }

    @Override
    public void choices(Object setting, List<?> values) {
        ((Setting<Object>) setting).choices((List<Object>) values);
    }

    @Override
    public void bounds(Object setting, long smallest, long largest) {
        ((Setting<?>) setting).bounds(smallest, largest, "");
    }

    @Override
    public void defaults(Object setting, @Nullable String local, @Nullable String strict) {
        ((Setting<?>) setting).localDefault(local).strictDefault(strict);
    }

    @Override
    public RuntimeException failure(String title, List<?> problems, List<?> settings) {
        return new ConfigurationException(title, (List<Problem>) problems, (List<ResolvedSetting>) settings);
    }
}
