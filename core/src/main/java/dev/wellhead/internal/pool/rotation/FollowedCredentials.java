package dev.wellhead.internal.pool.rotation;

import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.connect.login.LoginMemory;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The credentials of one pool: what the provider has, and what the server has accepted. A provider that fails is reported as
 * a {@link dev.wellhead.spi.ConnectionFailedException}. Thread-safe.
 */
public interface FollowedCredentials {

    /** {@return the provider's current set} */
    CredentialsSet current(Duration budget) throws SQLException;

    /** {@return the current set after one fetch from the source} */
    CredentialsSet fetchNow(Duration budget) throws SQLException;

    /** {@return which logins the server accepted} */
    LoginMemory memory();
}
