package dev.wellhead.internal.connect.failure;

import org.jspecify.annotations.Nullable;

/**
 * Recognises a password that a server sends back, so that it is not shown. A server that requests a password in clear
 * text has it, and a wrong address may lead to any server. Only messages that the server sent after it requested the
 * password are searched, and no decision depends on the result.
 *
 * <p>A password that is an ordinary word, such as {@code root}, also occurs in messages that do not quote it. A word is
 * therefore searched for only if the server received it in clear text, and only as a whole word. A password of fewer
 * than {@value #SHORTEST} characters is not searched for: it is part of almost every message.
 */
public final class EchoedPassword {

    /** Replaces a message that quotes the password. */
    static final String HIDDEN = "the server's message contains the password and is not shown";

    private static final int SHORTEST = 4;

    /** No ordinary word is longer. */
    private static final int LONGEST_WORD = 15;

    /** No password was requested, so none can be quoted. */
    public static final EchoedPassword NONE = new EchoedPassword("", false, false);

    private final String password;
    private final boolean isSearched;
    private final boolean isWord;

    private EchoedPassword(String password, boolean isSearched, boolean isWord) {
        this.password = password;
        this.isSearched = isSearched;
        this.isWord = isWord;
    }

    /**
     * {@return the password to search for in the answers of the server; none if it must not be searched for}
     *
     * @param method how the server requested the password, as {@code pg_hba.conf} names it; null if it did not
     * @param known names that messages contain anyway; a password that is part of one is not searched for, for example
     *     the password postgres of the user postgres
     */
    public static EchoedPassword of(@Nullable String method, String password, String... known) {
        if (method == null || password.length() < SHORTEST) {
            return NONE;
        }
        for (String name : known) {
            if (name.contains(password)) {
                return NONE;
            }
        }
        boolean isWord = isOrdinaryWord(password);
        return new EchoedPassword(password, !isWord || method.equals("password"), isWord);
    }

    private static boolean isOrdinaryWord(String password) {
        for (int i = 0; i < password.length(); i++) {
            if (!Character.isLetter(password.charAt(i))) {
                return false;
            }
        }
        return password.length() <= LONGEST_WORD;
    }

    /** Returns whether a message of the exception, of a cause or of a suppressed exception quotes the password. */
    boolean isIn(@Nullable Throwable thrown) {
        if (!isSearched) {
            return false;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (isIn(cause.getMessage())) {
                return true;
            }
            for (Throwable suppressed : cause.getSuppressed()) {
                if (isIn(suppressed)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isIn(@Nullable String text) {
        int at = text == null ? -1 : text.indexOf(password);
        while (at >= 0 && text != null) {
            if (!isWord || isWholeWord(text, at)) {
                return true;
            }
            at = text.indexOf(password, at + 1);
        }
        return false;
    }

    private boolean isWholeWord(String text, int at) {
        int end = at + password.length();
        return (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
    }
}
