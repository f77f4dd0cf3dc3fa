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

    /** {@return a newer set than {@code known} from the source, or one of the same generation} */
    CredentialsSet refresh(CredentialsSet known, Duration budget) throws SQLException;

    /** {@return which logins the server accepted} */
    LoginMemory memory();
}
