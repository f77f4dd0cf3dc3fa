package dev.wellhead.credentials;

import java.time.Duration;

/** Notified of every refresh of a {@link CredentialsProvider}. Implementations are fast and thread-safe. */
public interface RefreshListener {

    /**
     * The source returned credentials.
     *
     * @param duration how long it took
     * @param changed whether they are new
     */
    void refreshed(Duration duration, boolean changed);

    /**
     * The source did not return usable credentials.
     *
     * @param duration how long it took
     */
    void refreshFailed(Duration duration);
}
