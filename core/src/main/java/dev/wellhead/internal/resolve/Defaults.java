package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Profile;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.Optional;

/** The defaults of the catalogue as a source. */
public final class Defaults {

    public static final Origin ALWAYS = new Origin.DefaultOf(null);

    private Defaults() {}

    public static void addTo(Values values, Environment environment) {
        Origin profile = new Origin.DefaultOf(environment.name());
        for (Setting<?> setting : Settings.all()) {
            Optional<String> text = setting.defaultIn(environment.profile());
            if (text.isPresent()) {
                boolean always = setting.defaultIn(Profile.STRICT).isPresent();
                values.add(new RawValue(setting, Sensitive.of(text.get()), always ? ALWAYS : profile));
            }
        }
    }
}
