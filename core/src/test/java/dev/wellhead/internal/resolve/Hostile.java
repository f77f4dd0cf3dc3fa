package dev.wellhead.internal.resolve;

import dev.wellhead.testkit.ShownText;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Generates inputs that are almost valid, from a seed. Each contains {@link #MARK} in place of a sensitive value. */
public final class Hostile {

    /** No part of six characters of it may be shown. */
    public static final String MARK = ShownText.MARK;

    private static final String EDITS =
            "@:/?#&=%+,;[]{}()<>'\"\\$*!~^|_-. \t\r\n\0\u007f\u00a0ü€\ud83e\udd6a\ud800٥09aZ";
    private static final String[] ODD = {
        "",
        " ",
        "0",
        "-1",
        "65536",
        "5432 ",
        "٥٤٣٢",
        "%",
        "%00",
        "%ff",
        "%zz",
        "+",
        "\0",
        "\ud800",
        "ü",
        "🥪",
        "a,b",
        ",",
        "[::1]",
        "::1",
        "/tmp",
        "@x",
        "~",
        "~/x",
        "true",
        "yes",
        "5s",
        "PT5S",
        "9999999999d",
        "${x}",
        "localhost",
        "db.example.com",
        "require",
        "verify-full",
        "system",
        "x".repeat(5000),
        "a\nb",
        "a\u2028b"
    };

    private final SplittableRandom random;

    public Hostile(long seed) {
        random = new SplittableRandom(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean chance(int percent) {
        return below(100) < percent;
    }

    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }

    public String odd() {
        return oneOf(ODD);
    }

    /** {@return usually the plain text, otherwise an unusual one} */
    public String mostly(String plain) {
        return chance(80) ? plain : odd();
    }

    public char edit() {
        return EDITS.charAt(below(EDITS.length()));
    }

    /** {@return a password with the mark, and often with characters that have to be encoded} */
    public String password() {
        return chance(40) ? MARK : chance(50) ? MARK + edit() + MARK : edit() + MARK + edit();
    }

    /** {@return any text of up to {@code longest} characters} */
    public String text(int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = below(longest + 1); i > 0; i--) {
            text.append(chance(60) ? (char) ('a' + below(26)) : edit());
        }
        return text.toString();
    }

    /** {@return a text that UTF-8 can encode, without NUL} */
    public String encodableText(int longest) {
        byte[] bytes = text(longest).replace("\0", "").getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** {@return the text with a few characters inserted, removed, replaced or swapped, but not in the mark} */
    public String edited(String text) {
        StringBuilder edited = new StringBuilder(text);
        for (int i = below(4); i > 0 && edited.length() > 0; i--) {
            int at = below(edited.length());
            if (isMarked(edited, at)) {
                continue;
            }
            switch (below(3)) {
                case 0 -> edited.insert(at, edit());
                case 1 -> edited.deleteCharAt(at);
                default -> edited.setCharAt(at, edit());
            }
        }
        return edited.toString();
    }

    private static boolean isMarked(CharSequence text, int at) {
        String all = text.toString();
        int mark = all.indexOf(MARK, Math.max(0, at - MARK.length() + 1));
        return mark >= 0 && mark <= at;
    }

    /** {@return whether a part of the mark is shown} */
    public static boolean isShownIn(String text) {
        return ShownText.showsMark(text);
    }
}
