package dev.wellhead;

import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.spi.DatabaseListener;
import java.time.Duration;

/** Tells the listener of a database of every look its credentials provider takes at the source. */
final class RefreshReports implements RefreshListener {

    private final DatabaseListener listener;

    RefreshReports(DatabaseListener listener) {
        this.listener = listener;
    }

    @Override
    public void refreshed(Duration duration, boolean changed) {
        listener.credentialsRefreshed(new Refreshed(duration, true, changed));
    }

    @Override
    public void refreshFailed(Duration duration) {
        listener.credentialsRefreshed(new Refreshed(duration, false, false));
    }

    private record Refreshed(Duration duration, boolean succeeded, boolean changed)
            implements DatabaseListener.CredentialsRefreshed {}
}
