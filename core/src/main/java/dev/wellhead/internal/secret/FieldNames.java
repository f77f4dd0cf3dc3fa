package dev.wellhead.internal.secret;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names of the fields of a secret, for a message. In a malformed secret a name can be a password, as in
 * <code>{"s3cr3t":"app"}</code>. A name is therefore shown only if it consists of words, one of which is usual in the
 * names of such fields. The others are counted.
 */
final class FieldNames {

    private static final int MOST_SHOWN = 12;
    private static final int LONGEST_NAME = 40;

    private static final Set<String> USUAL = Set.of(
            ("address admin arn auth aurora cluster connection credentials database db dbname dsn endpoint engine "
                            + "host hostname id identifier instance jdbc key login master name pass passwd password pg pgsql "
                            + "port postgres postgresql primary proxy psql pwd rds read reader replica role schema secret "
                            + "server ssl sslmode tls token uri url user userid username writer")
                    .split(" "));

    private FieldNames() {}

    /**
     * {@return a sentence, such as {@code Its fields are db_password, db_username and 2 whose names are not shown.}}
     * The fields of nested objects are listed with a dot.
     */
    static String of(ConfigObject fields) {
        List<String> shown = new ArrayList<>();
        int hidden = add(fields, "", shown);
        if (shown.isEmpty()) {
            return switch (hidden) {
                case 0 -> "It has no fields.";
                case 1 -> "It has one field, whose name is not shown.";
                default -> "It has " + hidden + " fields, whose names are not shown.";
            };
        }
        if (shown.size() == 1 && hidden == 0) {
            return "Its only field is " + shown.get(0) + ".";
        }
        if (hidden > 0) {
            shown.add(hidden == 1 ? "one whose name is not shown" : hidden + " whose names are not shown");
        }
        int last = shown.size() - 1;
        return "Its fields are " + String.join(", ", shown.subList(0, last)) + " and " + shown.get(last) + ".";
    }

    /** {@return the number of names that must not be shown} Adds the others in alphabetical order. */
    private static int add(ConfigObject fields, String prefix, List<String> shown) {
        int hidden = 0;
        for (Map.Entry<String, ConfigValue> field : new TreeMap<>(fields).entrySet()) {
            boolean isShown = isUsual(field.getKey());
            if (isShown && prefix.isEmpty() && field.getValue() instanceof ConfigObject nested) {
                hidden += add(nested, field.getKey() + ".", shown);
            } else if (isShown && shown.size() < MOST_SHOWN) {
                shown.add(prefix + field.getKey());
            } else {
                hidden++;
            }
        }
        return hidden;
    }

    /** {@return whether the name consists of words of letters, and one of them is usual} */
    private static boolean isUsual(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return false;
        }
        StringBuilder words = new StringBuilder();
        char before = '_';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && c != '_' && c != '-') {
                return false;
            }
            if (Character.isUpperCase(c) && Character.isLowerCase(before)) {
                words.append(' ');
            }
            words.append(isLetter ? c : ' ');
            before = c;
        }
        for (String word : words.toString().toLowerCase(Locale.ROOT).split(" ", -1)) {
            if (USUAL.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
