package dev.wellhead.credentials;

import dev.wellhead.internal.credentials.PassfileCredentials;
import dev.wellhead.internal.credentials.PasswordFileCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Gives user and password on demand and follows their rotation. Implementations are thread-safe; many connections open
 * at once and share one refresh.
 *
 * <p>The caller asks {@link #current} for every physical connection, tries the candidates in order, the one that last
 * worked first, and when the server refused them all (SQLSTATE class 28) calls {@link #refresh} with the refused set.
 */
public interface CredentialsProvider extends AutoCloseable {

    /**
     * {@return a provider of one login that never changes}
     *
     * @param user the role to log in as
     * @param password its password
     */
    static CredentialsProvider fixed(String user, String password) {
        return new FixedCredentials(user, password);
    }

    /**
     * {@return a provider that follows a file whose whole content is the password} One final line break is not part of
     * it. The file is read for every physical connection and when the server refuses; what it held before stays a
     * candidate, so a rotation may change the file or the server first. While it cannot be read, the last password that
     * was read keeps serving.
     *
     * @param user the role to log in as
     * @param file UTF-8 text of at most 65535 bytes; a symbolic link is followed on every read
     * @param setting the variable that names the file, such as {@code DB_PASSWORD_FILE}, for messages
     */
    static CredentialsProvider passwordFile(String user, Path file, String setting) {
        return new PasswordFileCredentials(user, file, setting, System::nanoTime);
    }

    /**
     * {@return a provider that follows the lines of libpq's password file for one database and role} As
     * {@link #passwordFile}; which line counts depends on the server.
     *
     * @param user the role to log in as
     * @param file lines of {@code host:port:database:user:password}
     * @param database the database the lines are for
     * @param setting the variable that names the file, such as {@code DB_PASSFILE}, for messages
     */
    static CredentialsProvider passfile(String user, Path file, String database, String setting) {
        return new PassfileCredentials(user, file, database, setting);
    }

    /**
     * Told once, before the first {@link #current}, that a login will be wanted soon: a store that is far away may begin
     * to fetch in the background. Returns at once and never throws; what fails is told by {@code current}.
     *
     * @return whether something was begun, so that the caller can use the time; {@code false} unless overridden
     */
    default boolean prepare() {
        return false;
    }

    /**
     * Told once who wants to know of every look at the source, those in the background included.
     *
     * @return whether this provider reports; {@code false}, unless overridden: then the calls of {@link #refresh} are
     *     measured from outside
     */
    default boolean reportTo(RefreshListener listener) {
        return false;
    }

    /** {@return the source for people, without anything sensitive: {@code "password file /run/secrets/db"}} */
    String description();

    /**
     * {@return the current set} Answers from memory where it can: a store that is slow or down must not be waited for
     * while a last good set exists. Only the first answer may take time.
     *
     * @param target the server the login is for
     * @param budget how long the caller can wait, positive
     * @throws CredentialsException when there is none and none can be had within {@code budget}
     */
    CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException;

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

    /**
     * Told when the server accepted a candidate: the first one, and then every one that is another login or of another
     * generation than the one before. Must be fast. Does nothing unless overridden.
     */
    default void accepted(CredentialsSet set, Credentials candidate) {}

    /**
     * {@return what to check when the server refused every candidate of {@code refused}: one sentence each, without
     * anything sensitive} Shown in place of the general advice, which counts where this is empty, as it is unless
     * overridden. Must be fast.
     *
     * @param refused the set whose candidates were all refused
     * @param target the server that refused them
     */
    default List<String> adviceOnRefusal(CredentialsSet refused, LoginTarget target) {
        return List.of();
    }

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
