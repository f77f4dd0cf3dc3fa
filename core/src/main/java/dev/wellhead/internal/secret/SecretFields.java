package dev.wellhead.internal.secret;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.NumberValues;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that contains a login. A field of the wrong type is an error that names the field, never
 * its value.
 */
public final class SecretFields {

    private final String subject;
    private final ConfigObject fields;

    private SecretFields(String subject, ConfigObject fields) {
        this.subject = subject;
        this.fields = fields;
    }

    /**
     * {@return the fields of a JSON object}
     *
     * @param text sensitive
     * @param subject the start of a sentence about the source, as for {@link SecretParser}
     */
    public static SecretFields parse(String text, String subject) throws CredentialsException {
        try {
            return new SecretFields(subject, object(text));
        } catch (ConfigException | StackOverflowError e) {
            // without the cause, whose message quotes the text; the parser recurses into nested values
            throw new CredentialsException(subject + " starts like a JSON object, but is not valid JSON.");
        }
    }

    /** {@return fields whose values are texts} */
    static SecretFields of(Map<String, String> fields, String subject) {
        return new SecretFields(subject, ConfigValueFactory.fromMap(fields));
    }

    /** {@return the text in a JSON string; null if {@code text} is not a valid JSON string} */
    static @Nullable String unquoted(String text) {
        try {
            ConfigObject wrapped = object("{\"text\":" + text + "}");
            Object inside = wrapped.unwrapped().get("text");
            return wrapped.size() == 1 && inside instanceof String unquoted ? unquoted : null;
        } catch (ConfigException | StackOverflowError notValid) {
            return null;
        }
    }

    private static ConfigObject object(String text) {
        // a reader, because the library can print a string that it parses (-Dconfig.trace=loads)
        return ConfigFactory.parseReader(
                        new StringReader(text), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON))
                .root();
    }

    /** {@return a sentence with the names of the fields} */
    String names() {
        return FieldNames.of(fields);
    }

    /** {@return whether the name of another field suggests that it has the user} */
    boolean mayHaveUserBeside(String name) {
        for (String other : fields.keySet()) {
            String lowerCase = other.toLowerCase(Locale.ROOT);
            if (!other.equals(name) && (lowerCase.contains("user") || lowerCase.contains("login"))) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a field has a connection URL} */
    boolean haveUrl(Catalogue catalogue) {
        for (ConfigValue value : fields.values()) {
            if (value.unwrapped() instanceof String text && SecretUrl.isUrl(text, catalogue)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return a field that has to be a text; null if it is missing or empty} A whole number counts as its digits.
     * Other numbers do not, because JSON libraries write them in different ways.
     */
    public @Nullable String text(String name) throws CredentialsException {
        Field field = find(name);
        Object value = value(name);
        if (value instanceof Number && field != null && isWholeNumber(field.originalText())) {
            value = field.originalText();
        }
        if (value != null && !(value instanceof String)) {
            throw problem(name, "that is not a string");
        }
        if (value != null && !isSendable((String) value)) {
            throw problem(name, "with a NUL character, or that is not valid Unicode");
        }
        return value == null || value.equals("") ? null : (String) value;
    }

    private static boolean isWholeNumber(String text) {
        return NumberValues.digits(text) >= 0 && (text.length() == 1 || !text.startsWith("0"));
    }

    /**
     * {@return whether PostgreSQL can receive the text} A NUL character ends a string in PostgreSQL's protocol. The
     * server would read the rest of the user name as another session parameter.
     */
    static boolean isSendable(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** {@return the value of a field; null if it is missing or {@code null}} */
    @Nullable
    Object value(String name) {
        Field field = find(name);
        return field == null || field.value().valueType() == ConfigValueType.NULL
                ? null
                : field.value().unwrapped();
    }

    /** {@return a field of this name, or one of a nested object, whose name follows a dot; null if there is none} */
    private @Nullable Field find(String name) {
        ConfigObject owner = fields;
        String key = name;
        while (!owner.containsKey(key)) {
            int dot = key.indexOf('.');
            if (dot < 0 || !(owner.get(key.substring(0, dot)) instanceof ConfigObject nested)) {
                return null;
            }
            owner = nested;
            key = key.substring(dot + 1);
        }
        ConfigValue value = owner.get(key);
        return value == null ? null : new Field(owner, key, value);
    }

    /** {@return the failure of one field: {@code has a field 'port' that is not a port number}} */
    public CredentialsException problem(String name, String what) {
        return new CredentialsException(subject + " has a field '" + name + "' " + what + ".");
    }

    /** One field of {@code owner}. */
    private record Field(ConfigObject owner, String key, ConfigValue value) {

        /** {@return a number as it is written in the secret} */
        String originalText() {
            return owner.toConfig().getString(ConfigUtil.quoteString(key));
        }
    }
}
