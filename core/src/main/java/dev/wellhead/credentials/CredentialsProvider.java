package dev.wellhead.credentials;

import java.time.Duration;

/**
 * Gives user and password on demand and follows their rotation. Implementations are thread-safe; many connections open
 * at once and share one refresh.
 *
 * <p>The caller asks {@link #current} for every physical connection, tries the candidates in order, the one that last
 * worked first, and when the server refused them all (SQLSTATE class 28) calls {@link #refresh} with the refused set.
 */
public interface CredentialsProvider extends AutoCloseable {

    /** {@return the source for people, without anything sensitive: {@code "password file /run/secrets/db"}} */
    String description();

    /**
     * {@return the current set} Answers from memory where it can: a store that is slow or down must not be waited for
     * while a last good set exists.
     *
     * @param target the server the login is for
     * @throws CredentialsException when there is none and none can be had
     */
    CredentialsSet current(LoginTarget target) throws CredentialsException;

    /**
     * Looks for something newer than a set the server refused. Single flight: concurrent callers share one look. May
     * block up to {@code budget} where a change is plausible (a rotation under way), and is rate-bounded.
     *
     * @param refused the set whose candidates were all refused
     * @param target the server the login is for
     * @param budget how long the caller can wait, positive
     * @return a set with a higher generation, or one of the same generation: nothing newer is to be had and the refusal
     *     stands
     * @throws CredentialsException when the source failed; the refusal stands and this is attached to it
     */
    CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) throws CredentialsException;

    /** Told once per generation when the server accepted a candidate. Does nothing unless overridden. */
    default void accepted(CredentialsSet set, Credentials candidate) {}

    /**
     * {@return whether the answers can ever change; {@code false} lets the pool skip all looking for rotations}
     */
    default boolean canChange() {
        return true;
    }

    /** Releases what the provider holds. Called once, by the database that opened it. */
    @Override
    default void close() {}
}
