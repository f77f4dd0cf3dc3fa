package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.tls.SslMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Reads user, password and server out of the text of a secret: a JSON object as the RDS rotation templates and RDS
 * itself write it, a connection URL, or a bare password. A field that is missing or of another type is an error that
 * names the field and the secret, never a value. Source: AWS Secrets Manager User Guide, "JSON structure of AWS Secrets
 * Manager secrets".
 */
final class SecretShape {

    private static final int LARGEST_PORT = 65535;

    private final String secretId;
    private final String userKey;
    private final String passwordKey;
    private final @Nullable String configuredUser;
    private final @Nullable String userVariable;

    /**
     * @param userKey the JSON field of the user
     * @param passwordKey the JSON field of the password
     * @param configuredUser the user where the secret does not say; {@code null} where nothing does
     * @param userVariable the variable that would set it, for messages
     */
    SecretShape(
            String secretId,
            String userKey,
            String passwordKey,
            @Nullable String configuredUser,
            @Nullable String userVariable) {
        this.secretId = secretId;
        this.userKey = userKey;
        this.passwordKey = passwordKey;
        this.configuredUser = configuredUser;
        this.userVariable = userVariable;
    }

    /** {@return what {@code version} says} */
    SecretLogin read(SecretVersion version) throws CredentialsException {
        String text = version.text().reveal();
        String trimmed = text.strip();
        if (trimmed.startsWith("{")) {
            return ofJson(trimmed, version);
        }
        if (SecretUrl.isUrl(trimmed)) {
            return ofUrl(trimmed, version);
        }
        if (trimmed.isEmpty()) {
            throw problem("is empty");
        }
        return new SecretLogin(
                version.versionId(), Credentials.of(user(null), withoutFinalLineBreak(text), label(version)), null);
    }

    private SecretLogin ofJson(String text, SecretVersion version) throws CredentialsException {
        Map<String, JsonNode> fields;
        try {
            fields = JsonNode.parser().parse(text).asObject();
        } catch (RuntimeException e) {
            // the parser's message quotes the text
            throw problem("starts as a JSON object and is not one");
        }
        if (JsonText.endOfObject(text) != text.length()) {
            throw problem("goes on after its JSON object");
        }
        String password = string(fields, passwordKey);
        if (password == null) {
            throw missing(passwordKey);
        }
        Credentials credentials = Credentials.of(user(string(fields, userKey)), password, label(version));
        return new SecretLogin(version.versionId(), credentials, location(fields));
    }

    private SecretLogin ofUrl(String text, SecretVersion version) throws CredentialsException {
        SecretUrl url = SecretUrl.parse(text, secretId);
        if (url.password() == null) {
            throw problem("is a connection URL without a password");
        }
        return new SecretLogin(
                version.versionId(),
                Credentials.of(user(url.user()), url.password().reveal(), label(version)),
                url.location());
    }

    private @Nullable ServerLocation location(Map<String, JsonNode> fields) throws CredentialsException {
        engine(fields);
        String host = string(fields, "host");
        Integer port = port(fields);
        String database = string(fields, "dbname");
        SslMode mode = ssl(fields);
        if (host == null && port == null && database == null && mode == null) {
            return null;
        }
        return new ServerLocation(host, port, database, mode);
    }

    private void engine(Map<String, JsonNode> fields) throws CredentialsException {
        String engine = string(fields, "engine");
        if (engine != null && !engine.contains("postgres")) {
            throw problem("has a field 'engine' that is not a PostgreSQL engine");
        }
    }

    private @Nullable Integer port(Map<String, JsonNode> fields) throws CredentialsException {
        JsonNode node = fields.get("port");
        if (node == null || node.isNull()) {
            return null;
        }
        try {
            int port = Integer.parseInt(node.isNumber() ? node.asNumber() : node.isString() ? node.asString() : "");
            if (port >= 1 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below, without the text
        }
        throw problem("has a field 'port' that is no port from 1 to 65535");
    }

    /** The templates write {@code ssl} as a boolean or a string; SSL modes of libpq are taken as well. */
    private @Nullable SslMode ssl(Map<String, JsonNode> fields) throws CredentialsException {
        JsonNode node = fields.get("ssl");
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.asBoolean() ? SslMode.REQUIRE : null;
        }
        String text = node.isString() ? node.asString() : "?";
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

    private @Nullable String string(Map<String, JsonNode> fields, String name) throws CredentialsException {
        JsonNode node = fields.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw problem("has a field '" + name + "' that is not a string");
        }
        return node.asString().isEmpty() ? null : node.asString();
    }

    private String user(@Nullable String inSecret) throws CredentialsException {
        if (inSecret != null) {
            return inSecret;
        }
        if (configuredUser != null) {
            return configuredUser;
        }
        throw new CredentialsException("The secret '" + secretId + "' names no user (field '" + userKey + "')"
                + (userVariable == null ? "." : ", and " + userVariable + " is not set. Set one of them."));
    }

    private CredentialsException missing(String field) {
        return problem("has no field '" + field + "'");
    }

    private CredentialsException problem(String what) {
        return new CredentialsException("The secret '" + secretId + "' " + what + ".");
    }

    private static String label(SecretVersion version) {
        return version.stage().label() + ", version " + shortened(version.versionId());
    }

    /** Version ids are UUIDs; their start tells them apart. */
    private static String shortened(String versionId) {
        return versionId.length() <= 8 ? versionId : versionId.substring(0, 8);
    }

    private static String withoutFinalLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
