package dev.wellhead.credentials;

import java.time.Duration;
import java.util.List;

/**
 * Supplies user and password on demand and follows their rotation. Implementations are thread-safe: many connections
 * open at the same time and share one refresh.
 *
 * <p>{@link #current} is called for every physical connection. Its candidates are tried in order, except that the one
 * the server accepted last comes first. If the server refuses all of them (SQLSTATE class 28), {@link #refresh} is
 * called with the refused set.
 */
public interface CredentialsProvider extends AutoCloseable {

    /**
     * {@return a provider of one login that never changes}
     *
     * @param user the role to log in as
     * @param password its password
     */
    static CredentialsProvider fixed(String user, String password) {
        return new FixedCredentials(Credentials.of(user, password, FixedCredentials.LABEL), "configured password");
    }

    /**
     * {@return a provider of one login without a password, for a server that authenticates the client certificate or
     * nothing}
     *
     * @param user the role to log in as
     * @param description what replaces the password, for messages: {@code "client certificate"}
     */
    static CredentialsProvider withoutPassword(String user, String description) {
        return new FixedCredentials(Credentials.withoutPassword(user, FixedCredentials.LABEL), description);
    }

    /**
     * Announces that a login will be needed soon. Called once, before the first {@link #current}, so that a provider of
     * remote credentials can fetch them in the background. Returns immediately and never throws: {@code current}
     * reports a failure. Does nothing by default.
     */
    default void prepare() {}

    /**
     * Registers a listener that is notified of every refresh, including background refreshes. Called at most once.
     *
     * @return whether this provider notifies the listener; if {@code false}, which is the default, the duration of
     *     {@link #refresh} is measured instead
     */
    default boolean reportTo(RefreshListener listener) {
        return false;
    }

    /** {@return the source for messages, without anything sensitive: {@code "password file /run/secrets/db"}} */
    String description();

    /**
     * {@return the current set} Only the first call may take long: as soon as credentials are known, they are returned
     * without waiting for a source that is slow or down.
     *
     * @param target the server to log in to
     * @param budget how long the caller can wait, positive
     * @throws CredentialsException if there are no credentials and none can be fetched within {@code budget}
     */
    CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException;

    /**
     * Fetches newer credentials than the ones the server refused. Concurrent callers share one fetch, and the rate of
     * fetches is limited. May block up to {@code budget} if a change is plausible (a rotation in progress).
     *
     * @param refused the set whose candidates were all refused
     * @param target the server to log in to
     * @param budget how long the caller can wait, positive
     * @return a set of a higher generation; or one of the same generation if there is nothing newer, so that the
     *     refusal stands
     * @throws CredentialsException if the source failed; the refusal stands and this exception is attached to it
     */
    CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) throws CredentialsException;

    /**
     * {@return the set after one fetch from the source} Called for {@code Database.refreshCredentials()}: the server
     * has refused nothing, and the caller does not wait for a change. Implementations fetch once, even if they fetched
     * a moment ago, and concurrent callers share one fetch. A set of the same generation means that nothing has
     * changed. The default calls {@link #refresh} with the current set.
     *
     * @param target the server of the database; a reader then uses {@link #current} for its own servers
     * @param budget how long the caller can wait, positive
     * @throws CredentialsException if the source failed or did not answer within {@code budget}
     */
    default CredentialsSet fetchNow(LoginTarget target, Duration budget) throws CredentialsException {
        return refresh(current(target, budget), target, budget);
    }

    /**
     * Reads the source again because no connection to the server that it names opens: the source may name another one
     * by now. Called repeatedly, up to several times a second, until a connection opens, so the provider limits the
     * rate of its reads and returns the known set in between. By default this is {@link #refresh}.
     *
     * @param known the set that names the server
     * @param target the server that is not available
     * @param budget how long the caller can wait, positive, and usually short; a read that takes longer should continue
     *     in the background
     * @return the set that is known now
     * @throws CredentialsException if the source failed; the exception is attached to the failure of the connection
     */
    default CredentialsSet relocate(CredentialsSet known, LoginTarget target, Duration budget)
            throws CredentialsException {
        return refresh(known, target, budget);
    }

    /**
     * {@return what to check if the server refused every candidate of {@code refused}: one sentence each, without
     * anything sensitive} Shown instead of the general advice. Empty by default, which keeps the general advice. Must
     * be fast.
     *
     * @param refused the set whose candidates were all refused
     * @param target the server that refused them
     */
    default List<String> adviceOnRefusal(CredentialsSet refused, LoginTarget target) {
        return List.of();
    }

    /**
     * {@return whether the credentials can change; {@code true} by default} If {@code false}, the pool does not check
     * for rotations.
     */
    default boolean canChange() {
        return true;
    }

    /** Releases the provider's resources. Called once, by the database that uses it. Does nothing by default. */
    @Override
    default void close() {}
}
