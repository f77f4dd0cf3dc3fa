package dev.wellhead.internal.types;

import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Parses texts, lists and booleans. */
public final class TextValues {

    private static final String LIST_FORMAT = "Write the items with one comma between them and no blanks around them.";

    /** The start of an object with a quoted field, in base64; also the start of a JSON Web Token. */
    private static final String JSON_IN_BASE64 = "eyJ";

    /** The start of PEM text. The next character is a blank, or a blank in some encoding. */
    private static final String PEM = "-----BEGIN";

    private static final int SHORTEST_JSON_IN_BASE64 = 30;

    private TextValues() {}

    /**
     * Rejects NUL, which ends a string in PostgreSQL's protocol, and unpaired surrogates, which UTF-8 cannot encode.
     */
    static String text(String text) throws InvalidValueException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new InvalidValueException(
                        "a text with a NUL character", "Remove the NUL character: the server does not support it.");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidValueException(
                        "not valid Unicode", "Check the encoding that it was written in: UTF-8 cannot encode it.");
            }
        }
        return text;
    }

    /** Rejects a secret in place of a name, and quotes and control characters, which belong to no name. */
    static String name(Setting<?> setting, String text) throws InvalidValueException {
        text(text);
        if (setting.name().equals(Settings.SECRET_ID.name()) && (isSecret(text) || hasLineBreak(text.strip()))) {
            throw new InvalidValueException(
                    "the secret itself, not its name",
                    "Write the name or the ARN of the secret. In ECS, set it under environment, not under secrets.",
                    "If ECS supplies the value of the secret, select its password for " + passwordVariable(setting)
                            + ": valueFrom is the ARN, followed by ':password::'.");
        }
        rejectSecret(setting, text);
        if (!mayHaveLineBreak(setting)) {
            rejectAdded(setting, text);
        }
        return text;
    }

    /** {@return the variable of the password in the catalogue of this definition: {@code DB_PASSWORD}} */
    static String passwordVariable(Setting<?> definition) {
        String variable = definition.variable();
        return variable.substring(0, variable.indexOf('_') + 1) + "PASSWORD";
    }

    private static void rejectSecret(Setting<?> setting, String text) throws InvalidValueException {
        if (isSecret(text) && !Reference.isToVariable(text) && !Placeholder.isInBrackets(text)) {
            throw new InvalidValueException("JSON or a key, so it is not shown", write(setting));
        }
    }

    /** The names of a pool and of an application are free text. */
    private static void rejectAdded(Setting<?> setting, String text) throws InvalidValueException {
        if (setting != Settings.APPLICATION_NAME && setting != Settings.POOL_NAME) {
            boolean mayBeAnAddress = setting.kind() == Setting.ValueKind.LIST && text.startsWith("[");
            if (Placeholder.isInBrackets(text) && !mayBeAnAddress) {
                throw new InvalidValueException("a placeholder", "Replace all of it, including the brackets.");
            }
            AddedText.rejectComment(text);
        }
        AddedText.reject(text);
    }

    private static String write(Setting<?> setting) {
        return "Write " + setting.valueDescription() + ".";
    }

    /** SQL may have several lines, and options are separated by blanks of any kind. */
    private static boolean mayHaveLineBreak(Setting<?> setting) {
        return setting == Settings.OPTIONS || setting == Settings.CONNECTION_INIT_SQL;
    }

    private static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    /**
     * {@return whether the text is JSON, plain or in base64, or PEM text} Quotes before JSON may be part of the value.
     */
    public static boolean isSecret(String text) {
        int start = 0;
        while (start < text.length() && isBlankOrQuote(text.charAt(start))) {
            start++;
        }
        return text.startsWith("{", start)
                || (text.startsWith(JSON_IN_BASE64, start) && text.length() >= SHORTEST_JSON_IN_BASE64)
                || text.contains(PEM);
    }

    private static boolean isBlankOrQuote(char c) {
        return c <= ' ' || c == '"' || c == '\'';
    }

    /**
     * Rejects empty items and blanks around items, because libpq gives them a different meaning. The quotes of a schema
     * belong to its name.
     */
    static List<String> list(Setting<?> setting, String text) throws InvalidValueException {
        text(text);
        rejectSecret(setting, text);
        if (setting != Settings.SCHEMA) {
            rejectAdded(setting, text);
        }
        List<String> items = new ArrayList<>(1);
        for (String item : items(text)) {
            if (item.isBlank()) {
                throw new InvalidValueException("a list with an empty item", LIST_FORMAT);
            }
            if (!item.strip().equals(item)) {
                throw new InvalidValueException("a list with blanks around an item", LIST_FORMAT);
            }
            items.add(item);
        }
        return List.copyOf(items);
    }

    /** {@return the parts between commas; at least one} */
    static List<String> items(String text) {
        List<String> items = new ArrayList<>(1);
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            items.add(text.substring(start, end));
            start = end + 1;
        }
        return items;
    }

    static Boolean bool(String text) throws InvalidValueException {
        if (text.equals("true")) {
            return true;
        }
        if (text.equals("false")) {
            return false;
        }
        throw new InvalidValueException("neither true nor false", "Use true or false.");
    }
}
