package dev.wellhead.spring.boot;

import dev.wellhead.spi.SettingsSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the default database at one time. */
final class SettingsSnapshot implements SettingsSource {

    private final Map<String, String> variables;
    private final List<SuppliedProperty> properties;
    private final Optional<String> applicationName;

    private SettingsSnapshot(
            Map<String, String> variables, List<SuppliedProperty> properties, Optional<String> applicationName) {
        this.variables = variables;
        this.properties = properties;
        this.applicationName = applicationName;
    }

    static SettingsSnapshot of(SettingsSource source) {
        return new SettingsSnapshot(
                source.variables(), source.properties(DatabaseBeans.DEFAULT), source.applicationName());
    }

    @Override
    public Map<String, String> variables() {
        return variables;
    }

    @Override
    public List<SuppliedProperty> properties(String database) {
        return properties;
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
        List<SuppliedProperty> others = current.properties(DatabaseBeans.DEFAULT);
        if (others.size() != properties.size()) {
            return false;
        }
        for (int i = 0; i < others.size(); i++) {
            SuppliedProperty property = properties.get(i);
            SuppliedProperty other = others.get(i);
            // without the generated equals of the record, which links about 60 classes
            if (!property.path().equals(other.path())
                    || !property.value().reveal().equals(other.value().reveal())
                    || !property.origin().description().equals(other.origin().description())) {
                return false;
            }
        }
        return true;
    }
}
