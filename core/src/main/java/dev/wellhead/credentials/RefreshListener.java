package dev.wellhead.credentials;

import java.time.Duration;

/** Told of every look a {@link CredentialsProvider} takes at its source. Must be fast; thread-safe. */
public interface RefreshListener {

    /**
     * The source answered.
     *
     * @param duration how long it took
     * @param changed whether it had something newer
     */
    void refreshed(Duration duration, boolean changed);

    /**
     * The source did not answer, or not with credentials.
     *
     * @param duration how long it took
     */
    void refreshFailed(Duration duration);
}
