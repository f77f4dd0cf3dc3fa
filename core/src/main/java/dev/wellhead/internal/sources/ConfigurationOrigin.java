package dev.wellhead.internal.sources;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import dev.wellhead.internal.types.NumberValues;
import dev.wellhead.settings.Origin;
import org.jspecify.annotations.Nullable;

/** Finds the file and line of a value, and the variable that a substitution took it from. */
final class ConfigurationOrigin {

    private static final ConfigRenderOptions WITH_ORIGINS = ConfigRenderOptions.concise()
            .setFormatted(true)
            .setOriginComments(true)
            .setComments(true);
    private static final String MERGED = "unmerged value ";

    private ConfigurationOrigin() {}

    /** {@return the place of the error, if the parser reports it; otherwise {@code otherwise}} */
    static Origin of(ConfigException e, Origin otherwise) {
        return e.origin() == null ? otherwise : line(e.origin(), null);
    }

    /**
     * {@return the place of the value, such as {@code application.conf:4}}
     *
     * @param value after substitution
     * @param written the same value before substitution
     */
    static Origin of(ConfigValue value, ConfigValue written) {
        String variable = VariableResolver.variable(value.origin());
        if (variable == null) {
            return line(value.origin(), null);
        }
        String rendered = written.render(WITH_ORIGINS);
        String optional = "${?" + variable + "}";
        int line = line(rendered, rendered.contains(optional) ? optional : "${" + variable + "}");
        return line > 0
                ? new Origin.ConfigurationLine(file(written.origin()), line, variable)
                : line(written.origin(), variable);
    }

    private static Origin line(ConfigOrigin origin, @Nullable String variable) {
        return new Origin.ConfigurationLine(file(origin), Math.max(0, origin.lineNumber()), variable);
    }

    /**
     * {@return the line of the substitution in a setting that is written more than once; 0 if it is not known} The
     * rendering has a comment with the line above each of the values.
     */
    private static int line(String rendered, String substitution) {
        int at = rendered.indexOf('\n' + substitution);
        int comment = at < 0 ? -1 : rendered.lastIndexOf(MERGED, at);
        String text = comment < 0 ? "" : rendered.substring(comment, at);
        int colon = text.lastIndexOf(": ");
        int end = text.indexOf('\n');
        String number = colon < 0 ? "" : text.substring(colon + 2, end < colon ? text.length() : end);
        return (int) Math.max(0, NumberValues.digits(number));
    }

    private static String file(ConfigOrigin origin) {
        if (origin.resource() != null) {
            return origin.resource();
        }
        if (origin.filename() != null) {
            return origin.filename();
        }
        if (origin.url() != null) {
            String path = origin.url().getPath(); // the rest of a URL may contain a password
            return path.substring(path.lastIndexOf('/') + 1);
        }
        String description = origin.description();
        int at = description.indexOf(" @ ");
        int colon = description.lastIndexOf(": ");
        return at >= 0 ? description.substring(0, at) : colon >= 0 ? description.substring(0, colon) : description;
    }
}
