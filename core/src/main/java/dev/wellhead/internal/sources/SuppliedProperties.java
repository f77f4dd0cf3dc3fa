package dev.wellhead.internal.sources;

import dev.wellhead.internal.names.UnknownKeys;
import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.ConnectionUrl;
import dev.wellhead.internal.url.DriverKeys;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Setting;
import dev.wellhead.spi.SettingsSource.Supplied;
import dev.wellhead.spi.SettingsSource.SuppliedProperty;
import dev.wellhead.spi.SettingsSource.SuppliedVariables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the properties that a framework supplies, and the variables that it found elsewhere than in the environment. Letter case,
 * hyphens and underscores are not significant in properties.
 */
final class SuppliedProperties {

    private static final String URL = "url";

    private final DatabaseName name;
    private final Problems problems;
    private final List<String> warnings;
    private final List<RawValue> values = new ArrayList<>();

    SuppliedProperties(DatabaseName name, Problems problems, List<String> warnings) {
        this.name = name;
        this.problems = problems;
        this.warnings = warnings;
    }

    /** {@return the values of the properties, in their order; a blank property counts as not set} */
    List<RawValue> read(List<Supplied> supplied) {
        for (Supplied source : supplied) {
            if (source instanceof SuppliedVariables variables) {
                readVariables(variables);
            } else if (source instanceof SuppliedProperty property
                    && !property.value().reveal().isBlank()) {
                read(property);
            }
        }
        return values;
    }

    /** As environment variables are read, but with the origins that the framework has recorded. */
    private void readVariables(SuppliedVariables supplied) {
        Map<String, String> variables = new HashMap<>();
        Map<String, Origin> origins = new HashMap<>();
        for (SuppliedProperty variable : supplied.variables()) {
            variables.put(variable.path(), variable.value().reveal());
            origins.put(variable.path(), variable.origin());
        }
        Problems found = new Problems();
        for (RawValue value : new EnvironmentSource(name, variables, found, warnings).read()) {
            values.add(value.from(recorded(value.origin(), origins)));
        }
        problems.addAll(found, origin -> recorded(origin, origins));
    }

    private static Origin recorded(Origin origin, Map<String, Origin> origins) {
        if (origin instanceof Origin.Variable variable) {
            return origins.getOrDefault(variable.name(), origin);
        }
        if (origin instanceof Origin.UrlPart url) {
            Origin whole = origins.get(url.variable());
            return whole == null ? origin : partOf(whole, url.part());
        }
        if (origin instanceof Origin.ValueFile file) {
            Origin variable = origins.get(file.variable());
            return variable == null
                    ? origin
                    : new Origin.ValueFile(file.variable(), file.file(), file.part(), variable.kind());
        }
        return origin;
    }

    private void read(SuppliedProperty property) {
        String path = property.path();
        String key = property.origin().key().orElse(path);
        if (plain(path).equals(URL)) {
            readUrl(property, key);
            return;
        }
        if (path.toLowerCase(Locale.ROOT).startsWith(DriverKeys.PREFIX)) {
            String typed = path.substring(DriverKeys.PREFIX.length());
            String known = DriverKeys.propertyOf(typed.replace('-', '_'));
            RawValue value = DriverKeys.read(
                    known == null ? typed : known, key, property.value().reveal(), property.origin(), name, problems);
            if (value != null) {
                values.add(value);
            }
            return;
        }
        for (Setting<?> setting : name.catalogue().settings()) {
            if (plain(setting.name()).equals(plain(path))) {
                values.add(RawValue.of(setting, property.value().reveal(), property.origin()));
                return;
            }
        }
        UnknownKeys.ofFramework(name, problems).report(key, path, key, property.origin());
    }

    /** The parts of the URL have the rank of the property. */
    private void readUrl(SuppliedProperty property, String key) {
        Problems found = new Problems();
        for (RawValue value : ConnectionUrl.parse(property.value(), key, name.catalogue(), found)) {
            String part = value.origin() instanceof Origin.UrlPart url ? url.part() : "";
            values.add(RawValue.of(value.setting(), value.text().reveal(), partOf(property.origin(), part)));
        }
        for (Problem problem : found.all()) {
            problems.add(Problem.of(
                    problem.code(), problem.setting(), problem.message(), List.of(property.origin()), problem.fixes()));
        }
    }

    private static Origin partOf(Origin origin, String part) {
        if (origin instanceof Origin.ApplicationProperty property) {
            return new Origin.ApplicationProperty(
                    property.name(), part, property.source(), property.line(), property.kind());
        }
        if (origin instanceof Origin.SystemProperty property) {
            return new Origin.ApplicationProperty(property.name(), part, "", 0, property.kind());
        }
        return new Origin.UrlPart(part, origin.key().orElse(URL));
    }

    private static String plain(String text) {
        return Suggestions.plain(text);
    }
}
