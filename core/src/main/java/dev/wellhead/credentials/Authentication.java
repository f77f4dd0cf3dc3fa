package dev.wellhead.credentials;

import dev.wellhead.tls.SslMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A way to log in, with what it requires. The setting {@code auth} selects it by its word. Core has the three constants
 * below; a module declares its own in {@link CredentialsProviderFactory#authentications()}. No source of a password can
 * be set together with any of them except {@link #PASSWORD}. Immutable.
 *
 * <pre>{@code
 * Authentication.of("vault", "a password from Vault").withMinimumSslMode(SslMode.VERIFY_CA)
 * }</pre>
 *
 * @param word what users write: lower-case letters, digits and hyphens
 * @param login what replaces the password, for messages: {@code an authentication token}
 * @param answer how a request of the server for a password is answered
 * @param minimumSslMode the weakest SSL mode that is allowed. If {@code sslmode} is not set, the default is raised: to
 *     {@code require}, or to {@code verify-full} if the server has to be verified
 * @param requiresUser whether a setting has to name the user; the default of an environment does not count then. If
 *     {@code false}, the provider supplies the user
 * @param serverAdvice what to check if the server requests another login: one sentence; empty if there is no advice
 * @param rootAdvice where the root certificates of the servers are: one sentence; empty if there is no advice
 */
public record Authentication(
        String word,
        String login,
        Answer answer,
        SslMode minimumSslMode,
        boolean requiresUser,
        String serverAdvice,
        String rootAdvice) {

    /** How a request of the server for a password is answered. */
    public enum Answer {
        /** With a password, by every method that {@code requireAuth} permits. */
        PASSWORD,
        /**
         * With a password that is sent only in clear text, and only inside TLS to a server that is verified. So the
         * server never uses SCRAM.
         */
        CLEAR_TEXT,
        /** Not at all: there is no password. */
        NOTHING
    }

    /** With a password, from any of its sources. */
    public static final Authentication PASSWORD =
            new Authentication("password", "a password", Answer.PASSWORD, SslMode.DISABLE, false, "", "");

    /** With the client certificate only. A password is never sent. */
    public static final Authentication CERTIFICATE =
            new Authentication("certificate", "a client certificate", Answer.NOTHING, SslMode.REQUIRE, false, "", "");

    /** Without a password and without a client certificate, as {@code trust} and {@code peer} in pg_hba.conf permit. */
    public static final Authentication NONE =
            new Authentication("none", "no password", Answer.NOTHING, SslMode.DISABLE, false, "", "");

    private static final List<Authentication> OF_CORE = List.of(PASSWORD, CERTIFICATE, NONE);

    /**
     * Checks the word.
     *
     * @throws IllegalArgumentException if the word has other characters than lower-case letters, digits and hyphens
     */
    public Authentication {
        if (!isWord(word)) {
            throw new IllegalArgumentException("A word of auth consists of lower-case letters, digits and hyphens.");
        }
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(minimumSslMode, "minimumSslMode");
        Objects.requireNonNull(serverAdvice, "serverAdvice");
        Objects.requireNonNull(rootAdvice, "rootAdvice");
    }

    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** {@return the ways to log in that need no module} */
    public static List<Authentication> ofCore() {
        return OF_CORE;
    }

    /**
     * {@return a way to log in with a password that a provider supplies together with its user, with any SSL mode that
     * the environment allows}
     *
     * @param word what users write, such as {@code vault}
     * @param login what replaces the password, for messages: {@code a password from Vault}
     */
    public static Authentication of(String word, String login) {
        return new Authentication(word, login, Answer.PASSWORD, SslMode.DISABLE, false, "", "");
    }

    /** {@return the same with a password that is sent only in clear text, inside TLS, to a server that is verified} */
    public Authentication inClearText() {
        return new Authentication(
                word, login, Answer.CLEAR_TEXT, minimumSslMode, requiresUser, serverAdvice, rootAdvice);
    }

    /** {@return the same with a minimum for the SSL mode} */
    public Authentication withMinimumSslMode(SslMode mode) {
        return new Authentication(word, login, answer, mode, requiresUser, serverAdvice, rootAdvice);
    }

    /** {@return the same for a user that a setting has to name} */
    public Authentication withRequiredUser() {
        return new Authentication(word, login, answer, minimumSslMode, true, serverAdvice, rootAdvice);
    }

    /**
     * {@return the same with advice for messages}
     *
     * @param onOtherLogin what to check if the server requests another login: one sentence, or empty
     * @param onMissingRoot where the root certificates of the servers are: one sentence, or empty
     */
    public Authentication withAdvice(String onOtherLogin, String onMissingRoot) {
        return new Authentication(word, login, answer, minimumSslMode, requiresUser, onOtherLogin, onMissingRoot);
    }

    // A generated method of a record links about 60 classes of the JDK when it is first called, and every start
    // compares.

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Authentication that)) {
            return false;
        }
        return word.equals(that.word)
                && login.equals(that.login)
                && answer == that.answer
                && minimumSslMode == that.minimumSslMode
                && requiresUser == that.requiresUser
                && serverAdvice.equals(that.serverAdvice)
                && rootAdvice.equals(that.rootAdvice);
    }

    @Override
    public int hashCode() {
        return word.hashCode();
    }

    /** {@return whether no password is ever sent} */
    public boolean isWithoutPassword() {
        return answer == Answer.NOTHING;
    }

    /** {@return whether the password is sent only in clear text, inside TLS, to a server that is verified} */
    public boolean isInClearText() {
        return answer == Answer.CLEAR_TEXT;
    }

    /** {@return whether the server has to be verified} */
    public boolean requiresVerification() {
        return minimumSslMode.isAtLeast(SslMode.VERIFY_CA);
    }
}
