package dev.wellhead.internal.url;

import dev.wellhead.internal.types.AddedText;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.Reference;

/** Explains why a text does not start with a scheme that is supported. No message contains a part of the text. */
final class UrlStart {

    private UrlStart() {}

    static MalformedUrlException explain(String url, Catalogue catalogue) {
        String text = url.strip();
        if (AddedText.isInQuotes(text)) {
            return new MalformedUrlException(
                    "is in quotes, which are part of the value",
                    "Remove the quotes. A file for docker --env-file, for example, must not have them.");
        }
        if (Reference.isToVariable(text)) {
            return new MalformedUrlException(
                    "is a reference to a variable that nothing has replaced",
                    "Set the URL itself, or let a shell or the deployment replace the reference.");
        }
        if (text.startsWith("psql ")) {
            return new MalformedUrlException(
                    "is a psql command, not a URL",
                    text.contains("://")
                            ? "Set only the URL in it, without psql and without quotes."
                            : ForeignScheme.WRITE_URL);
        }
        if (isAssignment(text)) {
            return new MalformedUrlException(
                    "starts with the name of a variable and '='", "Set only the text after the first '='.");
        }
        if (text.contains("://") && !url.startsWith(text)) {
            return new MalformedUrlException("starts with a blank", "Remove the blank.");
        }
        return catalogue.isOfDatabases()
                ? ForeignScheme.of(text)
                : new MalformedUrlException(
                        "is not the URL of a " + catalogue.noun(), "Use " + catalogue.acceptedUrls() + ".");
    }

    /** Returns whether the text is {@code DATABASE_URL=...} or {@code export DATABASE_URL=...}. */
    private static boolean isAssignment(String text) {
        String name = text.startsWith("export ") ? text.substring("export ".length()) : text;
        int equals = name.indexOf('=');
        for (int i = 0; i < equals; i++) {
            char c = name.charAt(i);
            if (!(c >= 'A' && c <= 'Z') && c != '_' && !(c >= '0' && c <= '9')) {
                return false;
            }
        }
        return equals > 0;
    }
}
