package dev.wellhead.cli.doctor;

/**
 * A message of the library taken apart: what is wrong, and the sentence it ends with, which says what to do.
 *
 * @param what is wrong
 * @param fix what to do; empty where the message is one sentence
 */
record Sentences(String what, String fix) {

    static Sentences of(String message) {
        String text = message.strip().replaceAll("\\s+", " ");
        for (int i = text.length() - 3; i > 0; i--) {
            if (text.charAt(i) == '.' && text.charAt(i + 1) == ' ' && Character.isUpperCase(text.charAt(i + 2))) {
                return new Sentences(text.substring(0, i + 1), text.substring(i + 2));
            }
        }
        return new Sentences(text, "");
    }
}
