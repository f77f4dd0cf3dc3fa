package dev.wellhead.internal.types;

import dev.wellhead.internal.text.JsonShape;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The reasons to doubt that a text is the password that was meant. The text is sent as it is, because a server can have any
 * password. Each predicate completes "The value of DB_PASSWORD ..."; neither it nor the fix contains a part of the text.
 */
public enum PasswordDoubt {
    LINE_BREAK(
            "ends in a line break",
            "Remove the line break: printf writes none, and echo writes one. The line ends of Windows also add one."),
    QUOTES("is in quotes", "Remove the quotes. A file for docker --env-file, for example, must not have them."),
    COMMENT(
            "is followed by a comment",
            "Remove the comment, unless it belongs to the password. A file for docker --env-file, for example, has"
                    + " comments only on lines of their own."),
    BLANK("starts or ends with a blank", "Remove the blank, unless it belongs to the password."),
    JSON("looks like JSON", "Set only the password itself. In ECS, select its field with valueFrom."),
    VARIABLE(
            "is a reference to a variable that nothing has replaced",
            "Set the password itself, or let a shell or the deployment replace the reference."),
    SECRET_REFERENCE(
            "is a reference to a secret that nothing has replaced",
            "Let the tool that the reference belongs to replace it before the service starts."),
    SECRET_FILE("is the path of a file", "Set the path as %s.", Settings.PASSWORD_FILE),
    TOKEN(
            "is an authentication token of AWS, which is valid for 15 minutes",
            "Set %s to iam and no password: a token is then created for every login.",
            Settings.AUTH),
    PLACEHOLDER("is a placeholder", "Set the password itself."),
    /** Some development databases really have it, so it is no reason for a warning there. */
    EXAMPLE("is a word that examples use as a placeholder", "Set the password itself."),
    BASE64(
            "is a text in base64",
            "Decode it once (base64 -d). In a Kubernetes Secret, stringData takes a text that is not encoded.");

    private static final Set<String> EXAMPLES = Set.of("changeme", "changeit", "changethis", "changemenow");

    private static final Set<String> PLACEHOLDERS =
            Set.of("redacted", "masked", "placeholder", "replaceme", "replacethis", "todo", "fixme");

    /** A shorter text can be base64 of another text by chance. */
    private static final int SHORTEST_BASE64 = 12;

    private static final int SHORTEST_PADDED_BASE64 = 8;

    private final String predicate;
    private final String fix;
    /** Those that the fix names; never changed. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Setting<?>[] settings;

    PasswordDoubt(String predicate, String fix, Setting<?>... settings) {
        this.predicate = predicate;
        this.fix = fix;
        this.settings = settings;
    }

    /** {@return the first reason to doubt the text; null if there is none} */
    public static @Nullable PasswordDoubt of(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (AddedText.endsInLineBreak(text)) {
            return LINE_BREAK;
        }
        if (AddedText.isInQuotes(text)) {
            return QUOTES;
        }
        if (AddedText.hasComment(text)) {
            return COMMENT;
        }
        if (Character.isWhitespace(text.charAt(0)) || Character.isWhitespace(text.charAt(text.length() - 1))) {
            return BLANK;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (JsonShape.of(text) != null && !Reference.isToSecret(lower)) {
            return JSON;
        }
        if (Reference.isToSecret(lower)) {
            return SECRET_REFERENCE;
        }
        if (Reference.isToVariable(text)) {
            return VARIABLE;
        }
        if (Reference.isToSecretFile(lower)) {
            return SECRET_FILE;
        }
        if (lower.contains("action=connect") && lower.contains("x-amz-")) {
            return TOKEN;
        }
        if (isPlaceholder(text, lower)) {
            return PLACEHOLDER;
        }
        if (EXAMPLES.contains(lettersOf(lower))) {
            return EXAMPLE;
        }
        return isBase64OfText(text) ? BASE64 : null;
    }

    /** {@return whether the doubt is strong enough for a warning before the server has refused the password} */
    public boolean isCertain() {
        return this != EXAMPLE;
    }

    /**
     * {@return two sentences: the reason, and what to do}
     *
     * @param variable returns the variable of a setting
     */
    public String sentence(String subject, Function<Setting<?>, String> variable) {
        Object[] named = Arrays.stream(settings)
                .map(setting -> setting.name() + " (" + variable.apply(setting) + ")")
                .toArray();
        return subject + " " + predicate + ", and is sent as it is. " + String.format(Locale.ROOT, fix, named);
    }

    private static boolean isPlaceholder(String text, String lower) {
        boolean inBrackets = Reference.isBetween(text, "<", ">") || Reference.isBetween(text, "[", "]");
        String letters = lettersOf(inBrackets ? lower.substring(1, lower.length() - 1) : lower);
        return Placeholder.isInBrackets(text)
                || consistsOf(text, '*', 3)
                || consistsOf(text, '\u2022', 3)
                || consistsOf(lower, 'x', 5) // how Go hides the password of a URL
                || (letters.startsWith("your") && (letters.contains("password") || letters.contains("secret")))
                || letters.startsWith("insertpassword")
                || letters.startsWith("enterpassword")
                || letters.endsWith("passwordhere")
                || PLACEHOLDERS.contains(letters);
    }

    private static boolean consistsOf(String text, char character, int shortest) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != character) {
                return false;
            }
        }
        return text.length() >= shortest;
    }

    /** {@return the text without separators; empty if it has anything else than letters and separators} */
    private static String lettersOf(String lower) {
        StringBuilder letters = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'a' && c <= 'z') {
                letters.append(c);
            } else if (c != '-' && c != '_' && c != ' ') {
                return "";
            }
        }
        return letters.toString();
    }

    /** A random text in base64 decodes to bytes of any kind, and a password in base64 to visible characters. */
    private static boolean isBase64OfText(String text) {
        boolean isLong = text.length() >= (text.endsWith("=") ? SHORTEST_PADDED_BASE64 : SHORTEST_BASE64);
        if (!isLong || text.length() % 4 != 0) {
            return false;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            String decoded = new String(bytes, StandardCharsets.ISO_8859_1).stripTrailing();
            for (int i = 0; i < decoded.length(); i++) {
                if (decoded.charAt(i) < ' ' || decoded.charAt(i) > '~') {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
