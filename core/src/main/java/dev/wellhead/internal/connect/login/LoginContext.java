package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;

/**
 * Where the logins of one connector come from, and what is known about them.
 *
 * @param provider supplies the candidates
 * @param memory shared with the pool
 * @param holdOff of the servers of this connector
 */
public record LoginContext(CredentialsProvider provider, LoginMemory memory, RefusalHoldOff holdOff) {

    /** {@return whether another attempt has found out that {@code login} does not work, or is replaced by a newer one} */
    boolean isOutdated(CredentialsSet set, Credentials login) {
        return holdOff.isHeldOff(set) || memory.isOutdated(set, login);
    }
}
