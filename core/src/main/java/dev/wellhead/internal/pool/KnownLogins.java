package dev.wellhead.internal.pool;

import dev.wellhead.credentials.Credentials;
import java.util.ArrayList;
import java.util.List;

/**
 * The logins the server accepted from one set. Servers of one list may know one role by different passwords: going to
 * and fro between them is no rotation. Thread-safe.
 */
public final class KnownLogins {

    private final List<Credentials> logins = new ArrayList<>(2);
    private long generation = Long.MIN_VALUE;

    /** {@return whether {@code login} was not accepted before from the set of this generation} It is from now on. */
    public synchronized boolean add(Credentials login, long setGeneration) {
        if (setGeneration != generation) {
            generation = setGeneration;
            logins.clear();
        }
        for (Credentials known : logins) {
            if (known.sameLogin(login)) {
                return false;
            }
        }
        return logins.add(login);
    }
}
