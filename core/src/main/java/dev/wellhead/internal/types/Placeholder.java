package dev.wellhead.internal.types;

/** Recognises what the examples of documentation and consoles contain in place of a value. */
final class Placeholder {

    private Placeholder() {}

    /** {@return whether the text consists of words in brackets: {@code <password>}, {@code [YOUR-PASSWORD]}, {@code {host}}} */
    static boolean isInBrackets(String text) {
        return (Reference.isBetween(text, "<", ">")
                        || Reference.isBetween(text, "[", "]")
                        || Reference.isBetween(text, "{", "}"))
                && isWords(text.substring(1, text.length() - 1));
    }

    private static boolean isWords(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && c != '-' && c != '_' && c != ' ') {
                return false;
            }
        }
        return true;
    }
}
