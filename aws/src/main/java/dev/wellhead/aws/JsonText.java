package dev.wellhead.aws;

/** Writes one JSON string. The only JSON this module writes is a request of two strings. */
final class JsonText {

    private JsonText() {}

    /** {@return {@code text} as a JSON string with its quotes; RFC 8259, section 7} */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
