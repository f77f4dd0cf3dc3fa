package dev.wellhead.settings;

import java.util.Optional;

/** The defaults of the catalogue as a source. */
final class Defaults {

    static final Origin ALWAYS = new Origin(Origin.Kind.DEFAULT, "default");

    private Defaults() {}

    static void addTo(Values values, Environment environment) {
        Origin profile = new Origin(Origin.Kind.DEFAULT, "default for environment '" + environment.name() + "'");
        for (Setting<?> setting : Settings.all()) {
            Optional<String> text = setting.defaultIn(environment.profile());
            if (text.isPresent()) {
                boolean always = setting.defaultIn(Profile.STRICT).isPresent();
                values.add(new RawValue(setting, Sensitive.of(text.get()), always ? ALWAYS : profile));
            }
        }
    }
}
