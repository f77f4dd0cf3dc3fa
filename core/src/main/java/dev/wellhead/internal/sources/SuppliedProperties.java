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
import dev.wellhead.spi.SettingsSource.SuppliedProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the properties that a framework supplies. Letter case, hyphens and underscores are not significant in them. */
final class SuppliedProperties {

    private static final String URL = "url";

    private final DatabaseName name;
    private final Problems problems;
    private final List<RawValue> values = new ArrayList<>();

    SuppliedProperties(DatabaseName name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /** {@return the values of the properties, in their order; a blank property counts as not set} */
    List<RawValue> read(List<SuppliedProperty> properties) {
        for (SuppliedProperty property : properties) {
            if (!property.value().reveal().isBlank()) {
                read(property);
            }
        }
        return values;
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
        new UnknownKeys(name, problems, false).report(key, path, key, property.origin());
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
