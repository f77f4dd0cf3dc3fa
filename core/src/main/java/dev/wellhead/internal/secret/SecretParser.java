package dev.wellhead.internal.secret;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.files.TextFile;
import dev.wellhead.internal.text.JsonShape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads user, password and server from the text of a secret: a JSON object as the RDS rotation templates and RDS itself
 * write it, a connection URL, or only a password. The fields can also be given one by one, as in a directory with one
 * file per field. A missing or invalid field is an error that names the field and the secret, never a value. Source: AWS
 * Secrets Manager User Guide, "JSON structure of AWS Secrets Manager secrets".
 */
public final class SecretParser {

    /** The fields about the server, in addition to those of user and password. */
    public static final List<String> SERVER_FIELDS = List.of("engine", "host", "port", "dbname", "database", "ssl");

    /** Each encoding adds backslashes, so a text that was encoded more often is a mistake of another kind. */
    private static final int MOST_ENCODINGS = 3;

    private final String subject;
    private final SecretKeys keys;
    private final @Nullable String configuredUser;
    private final String userVariable;

    /**
     * @param subject the start of a sentence about the secret: {@code The secret 'prod/ledger'}, or {@code
     *     DB_SECRET_FILE (/run/db.json)}
     * @param configuredUser the user if the secret has none; null if no setting has one either
     * @param userVariable the variable that sets the user, for messages
     */
    public SecretParser(String subject, SecretKeys keys, @Nullable String configuredUser, String userVariable) {
        this.subject = subject;
        this.keys = keys;
        this.configuredUser = configuredUser;
        this.userVariable = userVariable;
    }

    /**
     * {@return the login in the text of a secret}
     *
     * @param text sensitive
     * @param label distinguishes the login from others in a log
     */
    public SecretLogin parse(String text, String label) throws CredentialsException {
        String content = decoded(JsonShape.content(text));
        if (content.startsWith("{")) {
            return ofFields(SecretFields.parse(content, subject), label);
        }
        if (SecretUrl.isUrl(content, keys.catalogue())) {
            return ofUrl(content, label);
        }
        if (content.isEmpty()) {
            throw problem("is empty", "");
        }
        String password = password(text);
        return new SecretLogin(Credentials.of(user(null, null), password, label), null);
    }

    /**
     * {@return the login in the fields of a secret}
     *
     * @param fields the texts by the names of the fields; sensitive
     * @param label distinguishes the login from others in a log
     */
    public SecretLogin parse(Map<String, String> fields, String label) throws CredentialsException {
        return ofFields(SecretFields.of(fields, subject), label);
    }

    /**
     * {@return the JSON object or the URL in a JSON string} Tools that encode a secret which already is JSON produce
     * such a string. Any other text is returned as it is.
     */
    private String decoded(String content) {
        String inside = content;
        for (int i = 0; i < MOST_ENCODINGS && inside.startsWith("\""); i++) {
            String unquoted = SecretFields.unquoted(inside);
            if (unquoted == null) {
                return content;
            }
            inside = JsonShape.content(unquoted);
        }
        return inside.startsWith("{") || SecretUrl.isUrl(inside, keys.catalogue()) ? inside : content;
    }

    private SecretLogin ofFields(SecretFields fields, String label) throws CredentialsException {
        String password = fields.text(keys.password());
        String user = fields.text(keys.user());
        if (password == null) {
            throw problem(
                    "has no field '" + keys.password() + "'. " + fields.names(),
                    "Set " + keys.passwordVariable() + " to the name of the field that has the password"
                            + (user == null && configuredUser == null && !isDefaultUser(fields)
                                    ? ", and " + keys.userVariable() + " to that of the user."
                                    : ".")
                            + (fields.haveUrl(keys.catalogue())
                                    ? " A connection URL must be the whole text of the secret, not a field."
                                    : ""));
        }
        Credentials credentials = Credentials.of(user(user, fields), password, label);
        return new SecretLogin(credentials, SecretServer.in(fields, keys.catalogue()));
    }

    private SecretLogin ofUrl(String text, String label) throws CredentialsException {
        SecretUrl url = SecretUrl.parse(text, subject, keys.catalogue());
        if (url.password() == null) {
            throw problem("is a connection URL without a password", "");
        }
        return new SecretLogin(
                Credentials.of(user(url.user(), null), url.password().reveal(), label), url.location());
    }

    /** {@return the whole text as a password} A text that is probably something else is refused. */
    private String password(String text) throws CredentialsException {
        JsonShape shape = JsonShape.of(text);
        if (shape != null) {
            throw problem(
                    "is " + shape.description() + ", which is not supported",
                    "Store a JSON object, a connection URL or only the password. If this text is the password, store it"
                            + " in the field '" + keys.password() + "' of a JSON object.");
        }
        if (text.strip().charAt(0) == JsonShape.BYTE_ORDER_MARK) {
            throw problem("starts with a byte order mark", "Store the password without one.");
        }
        String password = TextFile.withoutFinalLineBreak(text);
        if (!SecretFields.isSendable(password)) {
            throw problem(
                    "is a text that the server cannot receive: it has a NUL character or is not valid Unicode", "");
        }
        return password;
    }

    /** {@return the user in the secret, or the configured one; empty for the default user of the server} */
    private String user(@Nullable String inSecret, @Nullable SecretFields fields) throws CredentialsException {
        if (inSecret != null) {
            return inSecret;
        }
        if (configuredUser != null) {
            return configuredUser;
        }
        if (isDefaultUser(fields)) {
            return "";
        }
        throw new CredentialsException(
                subject + " has no user (field '" + keys.user() + "'), and " + userVariable + " is not set.",
                (fields == null
                                ? "Set "
                                : fields.names() + " Set " + keys.userVariable() + " to the name of the field, or ")
                        + userVariable + " to the user.",
                null);
    }

    /** {@return whether a secret without a user is that of the default user} No other field may seem to have a user. */
    private boolean isDefaultUser(@Nullable SecretFields fields) {
        return keys.isUserOptional() && (fields == null || !fields.mayHaveUserBeside(keys.user()));
    }

    private CredentialsException problem(String what, String fix) {
        String sentence = subject + " " + what;
        return new CredentialsException(sentence.endsWith(".") ? sentence : sentence + ".", fix, null);
    }
}
