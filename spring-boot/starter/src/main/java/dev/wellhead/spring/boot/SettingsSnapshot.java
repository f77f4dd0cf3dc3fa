package dev.wellhead.spring.boot;

import dev.wellhead.settings.Origin;
import dev.wellhead.spi.SettingsSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the default database at one time. */
final class SettingsSnapshot implements SettingsSource {

    private final Map<String, String> variables;
    private final List<Supplied> properties;
    private final Optional<Origin> environmentOrigin;
    private final Optional<String> applicationName;

    private SettingsSnapshot(SettingsSource source) {
        this.variables = source.variables();
        this.properties = source.properties(DatabaseBeans.DEFAULT);
        this.environmentOrigin = source.environmentOrigin();
        this.applicationName = source.applicationName();
    }

    static SettingsSnapshot of(SettingsSource source) {
        return new SettingsSnapshot(source);
    }

    @Override
    public Map<String, String> variables() {
        return variables;
    }

    @Override
    public List<Supplied> properties(String database) {
        return properties;
    }

    @Override
    public Optional<Origin> environmentOrigin() {
        return environmentOrigin;
    }

    @Override
    public Optional<String> applicationName() {
        return applicationName;
    }

    /** {@return whether {@code current} has the same values from the same places} */
    boolean isSameAs(SettingsSource current) {
        if (!variables.equals(current.variables()) || !applicationName.equals(current.applicationName())) {
            return false;
        }
        return areSame(properties, current.properties(DatabaseBeans.DEFAULT));
    }

    private static boolean areSame(List<? extends Supplied> some, List<? extends Supplied> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!isSame(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Without the generated equals of the records, which links about 60 classes. */
    private static boolean isSame(Supplied one, Supplied other) {
        if (one instanceof SuppliedVariables variables) {
            return other instanceof SuppliedVariables others && areSame(variables.variables(), others.variables());
        }
        return one instanceof SuppliedProperty property
                && other instanceof SuppliedProperty another
                && property.path().equals(another.path())
                && property.value().reveal().equals(another.value().reveal())
                && property.origin().description().equals(another.origin().description());
    }
}
