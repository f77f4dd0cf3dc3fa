package dev.wellhead.internal.sources;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import dev.wellhead.internal.types.IntegerType;
import dev.wellhead.settings.Origin;

/** Says where in which file a value stands, and which variable a substitution took it from. */
public final class ConfigurationOrigin {

    private static final ConfigRenderOptions WITH_ORIGINS = ConfigRenderOptions.concise()
            .setFormatted(true)
            .setOriginComments(true)
            .setComments(true);
    private static final String MERGED = "unmerged value ";

    private ConfigurationOrigin() {}

    /** {@return where the file is wrong, as far as the parser knows} */
    public static String of(ConfigException e, String otherwise) {
        return e.origin() == null ? otherwise : "From: " + spot(e.origin());
    }

    /**
     * {@return the spot: {@code application.conf:4}, or {@code application.conf:4, from ${?APP_DB_HOST}}}
     *
     * @param value after substitution
     * @param written the same value before substitution
     */
    public static Origin of(ConfigValue value, ConfigValue written) {
        String description = value.origin().description();
        int mark = description.indexOf(VariableResolver.MARK);
        if (mark < 0) {
            return new Origin(Origin.Kind.CONFIGURATION_FILE, spot(value.origin()));
        }
        int start = mark + VariableResolver.MARK.length();
        int comma = description.indexOf(',', start);
        String variable = description.substring(start, comma < 0 ? description.length() : comma);
        String rendered = written.render(WITH_ORIGINS);
        String substitution =
                rendered.contains("${?" + variable + "}") ? "${?" + variable + "}" : "${" + variable + "}";
        return new Origin(
                Origin.Kind.CONFIGURATION_FILE,
                spot(written.origin(), rendered, substitution) + ", from " + substitution);
    }

    private static String spot(ConfigOrigin origin) {
        String line = origin.lineNumber() < 0 ? "" : ":" + origin.lineNumber();
        return file(origin) + line;
    }

    /** Of a setting that is written more than once, the line that was substituted: comments tell the lines apart. */
    private static String spot(ConfigOrigin origin, String rendered, String substitution) {
        int at = rendered.indexOf('\n' + substitution);
        int comment = at < 0 ? -1 : rendered.lastIndexOf(MERGED, at);
        String line = comment < 0 ? "" : rendered.substring(comment, at);
        int colon = line.lastIndexOf(": ");
        int end = line.indexOf('\n');
        String number = colon < 0 ? "" : line.substring(colon + 2, end < colon ? line.length() : end);
        return IntegerType.digits(number) > 0 ? file(origin) + ":" + number : spot(origin);
    }

    private static String file(ConfigOrigin origin) {
        if (origin.resource() != null) {
            return origin.resource();
        }
        if (origin.filename() != null) {
            return origin.filename();
        }
        if (origin.url() != null) {
            String path = origin.url().getPath(); // the rest of a URL may hold a password
            return path.substring(path.lastIndexOf('/') + 1);
        }
        String description = origin.description();
        int at = description.indexOf(" @ ");
        int colon = description.lastIndexOf(": ");
        return at >= 0 ? description.substring(0, at) : colon >= 0 ? description.substring(0, colon) : description;
    }
}
