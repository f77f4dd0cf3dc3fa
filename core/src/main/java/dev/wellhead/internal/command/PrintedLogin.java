package dev.wellhead.internal.command;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.secret.SecretFields;
import dev.wellhead.internal.secret.SecretParser;
import dev.wellhead.internal.text.JsonShape;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What a program printed.
 *
 * @param credentials user and password
 * @param expiration when they stop being valid; null if the program does not print it
 */
record PrintedLogin(Credentials credentials, @Nullable Instant expiration) {

    private static final String EXPIRATION = "expiration";

    /**
     * {@return the login in a text}
     *
     * @param text a password, or a JSON object; sensitive
     * @param subject the start of a sentence about the text
     */
    static PrintedLogin of(String text, SecretParser parser, String subject) throws CredentialsException {
        String content = JsonShape.content(text);
        Instant expiration = content.startsWith("{") ? expiration(SecretFields.parse(content, subject)) : null;
        return new PrintedLogin(parser.parse(text, "newest").credentials(), expiration);
    }

    private static @Nullable Instant expiration(SecretFields fields) throws CredentialsException {
        String text = fields.text(EXPIRATION);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw fields.problem(
                    EXPIRATION, "that is not a time in ISO 8601 with an offset, such as 2026-01-31T09:30:00Z");
        }
    }
}
