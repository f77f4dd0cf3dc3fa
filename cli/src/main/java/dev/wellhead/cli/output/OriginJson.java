package dev.wellhead.cli.output;

import dev.wellhead.settings.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts of an origin as JSON fields; a field that does not apply is null. */
public final class OriginJson {

    private OriginJson() {}

    /** {@return {@code originKind}, {@code variable}, {@code file} and {@code line}} */
    public static Map<String, @Nullable Object> fields(@Nullable Origin origin) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("originKind", origin == null ? null : kind(origin));
        fields.put("variable", null);
        fields.put("file", null);
        fields.put("line", null);
        Origin place = origin instanceof Origin.OfSetting setting ? setting.origin() : origin;
        if (place instanceof Origin.Variable variable) {
            fields.put("variable", variable.name());
        } else if (place instanceof Origin.UrlPart part) {
            fields.put("variable", part.variable());
        } else if (place instanceof Origin.ValueFile file) {
            fields.put("variable", file.variable());
            fields.put("file", file.file());
        } else if (place instanceof Origin.ConfigurationLine line) {
            fields.put("variable", line.substitution());
            fields.put("file", line.file());
            fields.put("line", line(line.line()));
        } else if (place instanceof Origin.ApplicationProperty property && property.line() > 0) {
            fields.put("file", property.source());
            fields.put("line", line(property.line()));
        } else if (place instanceof Origin.LibpqFile file) {
            fields.put("file", file.file());
            fields.put("line", line(file.line()));
        }
        return fields;
    }

    /** {@return the fields of the first origin} */
    public static Map<String, @Nullable Object> firstOf(List<Origin> origins) {
        return fields(origins.isEmpty() ? null : origins.get(0));
    }

    /** {@return the kind in lower case with hyphens, such as {@code environment-variable}} */
    private static String kind(Origin origin) {
        return origin.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Origins count from 1; 0 is an unknown line. */
    private static @Nullable Integer line(int number) {
        return number > 0 ? number : null;
    }
}
