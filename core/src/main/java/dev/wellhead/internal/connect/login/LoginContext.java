package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;

/**
 * The source of the logins of one connector, and what earlier attempts recorded about them.
 *
 * @param provider supplies the candidates
 * @param memory shared with the pool
 * @param holdOff of the servers of this connector
 * @param place the number of the connector's place, which is higher than those of the places before
 */
public record LoginContext(CredentialsProvider provider, LoginMemory memory, RefusalHoldOff holdOff, long place) {

    /** {@return whether the server refused {@code set} in another attempt, or accepted another login of a newer set} */
    boolean isOutdated(CredentialsSet set, Credentials login) {
        return holdOff.isHeldOff(set) || memory.isOutdated(set, login);
    }
}
