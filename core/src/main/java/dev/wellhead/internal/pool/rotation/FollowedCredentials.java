package dev.wellhead.internal.pool.rotation;

import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.connect.login.LoginMemory;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The credentials of one pool, and the logins that the server has accepted. A provider that fails is reported as a
 * {@link dev.wellhead.spi.ConnectionFailedException}. Thread-safe.
 */
public interface FollowedCredentials {

    /** {@return the provider's current set} */
    CredentialsSet current(Duration budget) throws SQLException;

    /** {@return the current set after one fetch from the source} */
    CredentialsSet fetchNow(Duration budget) throws SQLException;

    /** {@return which logins the server accepted} */
    LoginMemory memory();

    /** {@return whether a connection has to prove the set: its first candidate, or the server that it names} */
    default boolean needsProof(CredentialsSet set) {
        return memory().needsProof(set);
    }

    /** {@return the number of the place that is not proven yet; it increases} */
    default long placeNumber() {
        return 0;
    }

    /** Reads the source again in the background while the place that it names is in doubt. */
    default void followPlace() {}
}
