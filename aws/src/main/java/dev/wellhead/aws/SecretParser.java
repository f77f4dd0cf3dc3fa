package dev.wellhead.aws;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.tls.SslMode;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads user, password and server from the text of a secret: a JSON object as the RDS rotation templates and RDS itself
 * write it, a connection URL, or only a password. A missing or invalid field is an error that names the field and the
 * secret, never a value. Source: AWS Secrets Manager User Guide, "JSON structure of AWS Secrets Manager secrets".
 */
final class SecretParser {

    /** Source: RFC 9293, section 3.1: a port has 16 bits. */
    private static final int LARGEST_PORT = 65535;

    private final String secretId;
    private final String userKey;
    private final String passwordKey;
    private final @Nullable String configuredUser;
    private final String userVariable;

    /**
     * @param userKey the JSON field that has the user
     * @param passwordKey the JSON field that has the password
     * @param configuredUser the user if the secret has none; null if no setting has one either
     * @param userVariable the variable that sets the user, for messages
     */
    SecretParser(
            String secretId, String userKey, String passwordKey, @Nullable String configuredUser, String userVariable) {
        this.secretId = secretId;
        this.userKey = userKey;
        this.passwordKey = passwordKey;
        this.configuredUser = configuredUser;
        this.userVariable = userVariable;
    }

    /**
     * {@return the content of a version}
     *
     * @param text the text of the version; sensitive
     */
    SecretLogin parse(String text, StagingLabel label, String versionId) throws CredentialsException {
        String trimmed = text.strip();
        String name = label.text() + ", version " + SafeText.of(shortened(versionId));
        if (trimmed.startsWith("{")) {
            return ofJson(trimmed, name, versionId);
        }
        if (SecretUrl.isUrl(trimmed)) {
            return ofUrl(trimmed, name, versionId);
        }
        if (trimmed.isEmpty()) {
            throw problem("is empty");
        }
        String password = withoutFinalLineBreak(text);
        if (!isSendable(password)) {
            throw problem("is a text that PostgreSQL cannot receive: it has a NUL character or is not valid Unicode");
        }
        return new SecretLogin(versionId, Credentials.of(user(null), password, name), null);
    }

    private SecretLogin ofJson(String text, String name, String versionId) throws CredentialsException {
        Map<String, ConfigValue> fields = fields(text);
        String password = string(fields, passwordKey);
        if (password == null) {
            throw problem("has no field '" + passwordKey + "'");
        }
        Credentials credentials = Credentials.of(user(string(fields, userKey)), password, name);
        return new SecretLogin(versionId, credentials, location(fields));
    }

    private Map<String, ConfigValue> fields(String text) throws CredentialsException {
        ConfigParseOptions options = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);
        try {
            // a reader, because the library can print a string that it parses (-Dconfig.trace=loads)
            return ConfigFactory.parseReader(new StringReader(text), options).root();
        } catch (ConfigException | StackOverflowError e) {
            // without the cause, whose message quotes the text; the parser recurses into nested values
            throw problem("starts like a JSON object, but is not valid JSON");
        }
    }

    private SecretLogin ofUrl(String text, String name, String versionId) throws CredentialsException {
        SecretUrl url = SecretUrl.parse(text, secretId);
        if (url.password() == null) {
            throw problem("is a connection URL without a password");
        }
        return new SecretLogin(
                versionId, Credentials.of(user(url.user()), url.password().reveal(), name), url.location());
    }

    /** {@return the server that the fields name; null if none of them is set} Each part is optional. */
    private @Nullable ServerLocation location(Map<String, ConfigValue> fields) throws CredentialsException {
        requirePostgres(fields);
        String host = string(fields, "host");
        Integer port = port(fields);
        String database = string(fields, "dbname");
        SslMode mode = sslMode(fields);
        if (host == null && port == null && database == null && mode == null) {
            return null;
        }
        return new ServerLocation(host, port, database, mode);
    }

    /** Rejects the secret of another kind of database, which is most likely the wrong secret. */
    private void requirePostgres(Map<String, ConfigValue> fields) throws CredentialsException {
        String engine = string(fields, "engine");
        if (engine != null && !engine.contains("postgres")) {
            throw problem("has a field 'engine' that is not a PostgreSQL engine");
        }
    }

    /** {@return the port, which the templates write as a number and some users as a string; null if it is not set} */
    private @Nullable Integer port(Map<String, ConfigValue> fields) throws CredentialsException {
        Object port = value(fields, "port");
        if (port == null) {
            return null;
        }
        try {
            // a number with a fraction or an exponent is a Double, whose text is not an integer
            int number = Integer.parseInt(port.toString());
            if (number >= 1 && number <= LARGEST_PORT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, without the text
        }
        throw problem("has a field 'port' that is not a port number from 1 to 65535");
    }

    /** The templates write {@code ssl} as a boolean or a string; libpq's SSL modes are accepted as well. */
    private @Nullable SslMode sslMode(Map<String, ConfigValue> fields) throws CredentialsException {
        Object ssl = value(fields, "ssl");
        String text = ssl instanceof Boolean || ssl instanceof String ? ssl.toString() : ssl == null ? "" : "?";
        if (text.equalsIgnoreCase("true")) {
            return SslMode.REQUIRE;
        }
        if (text.equalsIgnoreCase("false") || text.isEmpty()) {
            return null;
        }
        Optional<SslMode> mode = SslMode.of(text);
        if (mode.isEmpty()) {
            throw problem("has a field 'ssl' that is neither true, false nor an SSL mode");
        }
        return mode.get();
    }

    /** {@return a field that has to be a string; null if it is missing or empty} */
    private @Nullable String string(Map<String, ConfigValue> fields, String name) throws CredentialsException {
        Object value = value(fields, name);
        if (value != null && !(value instanceof String)) {
            throw problem("has a field '" + name + "' that is not a string");
        }
        if (value != null && !isSendable((String) value)) {
            throw problem("has a field '" + name + "' with a NUL character, or that is not valid Unicode");
        }
        return value == null || value.equals("") ? null : (String) value;
    }

    /** NUL ends a text in PostgreSQL's protocol: the text after it in a user would be another parameter of the session. */
    private static boolean isSendable(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static @Nullable Object value(Map<String, ConfigValue> fields, String name) {
        ConfigValue field = fields.get(name);
        return field == null || field.valueType() == ConfigValueType.NULL ? null : field.unwrapped();
    }

    /** {@return the user in the secret, or the configured one} */
    private String user(@Nullable String inSecret) throws CredentialsException {
        if (inSecret != null) {
            return inSecret;
        }
        if (configuredUser != null) {
            return configuredUser;
        }
        throw new CredentialsException(
                "The secret '" + secretId + "' has no user (field '" + userKey + "'), and " + userVariable
                        + " is not set.",
                "Set one of them.",
                null);
    }

    private CredentialsException problem(String what) {
        return new CredentialsException("The secret '" + secretId + "' " + what + ".");
    }

    /** Version ids are UUIDs; their first characters are enough to distinguish them. */
    private static String shortened(String versionId) {
        return versionId.length() <= 8 ? versionId : versionId.substring(0, 8);
    }

    /** Editors and {@code echo} add a final line break, which is not part of a password. Other white space is kept. */
    private static String withoutFinalLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
