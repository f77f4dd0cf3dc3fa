package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Supplies the credentials and the messages of one source. Thread-safe.
 *
 * @param <K> what the source returns: credentials, or the text that they are read from
 */
public interface RefreshSource<K> {

    /** {@return the credentials found last, or null if there are none that can be used} Must be fast. */
    @Nullable
    K lastKnown();

    /** {@return the generation of credentials of this source, which increases with every change} */
    long generation(K known);

    /**
     * Fetches once.
     *
     * @param refused the generation that the server refused, or {@link Refresher#NOTHING_REFUSED}
     * @return whether {@link #lastKnown()} has new credentials now
     * @throws CredentialsException if the source failed
     */
    boolean fetch(long refused) throws CredentialsException;

    /**
     * Fetches once everything that can have changed, although the server has refused nothing. The default is
     * {@link #fetch}.
     *
     * @return whether {@link #lastKnown()} has new credentials now
     * @throws CredentialsException if the source failed
     */
    default boolean fetchAll() throws CredentialsException {
        return fetch(Refresher.NOTHING_REFUSED);
    }

    /** {@return the failure of a caller whose budget was used up before the source answered} */
    CredentialsException timeoutFailure(Duration budget);

    /** {@return the failure of a fetch that threw an unexpected exception} */
    CredentialsException unexpectedFailure(Throwable unexpected);

    /** A source of sets of credentials. */
    interface OfSets extends RefreshSource<CredentialsSet> {

        @Override
        default long generation(CredentialsSet known) {
            return known.generation();
        }
    }
}
