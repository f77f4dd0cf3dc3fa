package dev.wellhead.internal.pool;

import dev.wellhead.internal.connect.failure.FailureMessage;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a connection: at the place in use, and if that fails, at the place that the source of the credentials
 * names now. If both fail, the source is read once more. Used once, on one thread.
 */
final class PlaceSearch {

    /** Reads the source again. */
    interface Relocation {
        void relocate(Duration atMost) throws SQLException;
    }

    private final Places places;
    private final @Nullable Relocation relocation;
    private final PlaceReport report;
    private final Deadline whole;
    private final List<Place> tried = new ArrayList<>(1);
    private final List<ServerFailure> failures = new ArrayList<>(1);

    /** @param relocation null if the place is fixed */
    PlaceSearch(Places places, @Nullable Relocation relocation, PlaceReport report, Deadline whole) {
        this.places = places;
        this.relocation = relocation;
        this.report = report;
        this.whole = whole;
    }

    /**
     * {@return a connection}
     *
     * @param proving whether to prove what is new: the first candidate of the credentials, at the place that is not proven yet
     * @param spent the time that the caller has spent on getting the credentials
     */
    Connection open(boolean proving, Duration spent) throws SQLException {
        Place next = proving ? toProve() : places.next(tried);
        ConnectionFailedException failure = null;
        while (next != null) {
            try {
                return open(next, proving, spent);
            } catch (ConnectionFailedException e) {
                failure = e;
                failed(next, e);
            }
            next = proving ? null : nextAfter(next, failure);
        }
        if (failure == null) {
            throw new IllegalStateException("there is no place to try");
        }
        throw tried.size() == 1 ? failure : FailureMessage.exception(failures);
    }

    private @Nullable Place toProve() {
        Place announced = places.announced();
        return announced == null ? places.current() : announced;
    }

    private Connection open(Place place, boolean proving, Duration spent) throws SQLException {
        tried.add(place);
        boolean isLast = proving || places.next(tried) == null;
        Deadline share = isLast ? whole : whole.shareOf(2, place.settings().get(Settings.CONNECT_TIMEOUT));
        Duration left = share.remaining().isZero() ? Duration.ofMillis(1) : share.remaining();
        Connection connection =
                proving ? place.connector().prove(left) : place.connector().open(left, spent);
        if (places.opened(place)) {
            report.moved(place);
        }
        return connection;
    }

    private void failed(Place place, ConnectionFailedException failure) {
        places.failed(place);
        Place announced = places.announced();
        Place proven = places.proven();
        boolean isAnnounced = place.equals(announced);
        if (isAnnounced) {
            report.failed(place, proven, failure);
        }
        String role = proven == null || announced == null
                ? ""
                : isAnnounced
                        ? "This is the place that " + report.source() + " names now."
                        : "This is the place that was in use before.";
        for (ServerFailure server : failure.failures()) {
            List<String> fixes = new ArrayList<>(server.fixes());
            if (!role.isEmpty()) {
                fixes.add(role);
            }
            failures.add(server.withFixes(fixes));
        }
    }

    /** {@return the next place} After the last one, the source is read again, because it may name another place by now. */
    private @Nullable Place nextAfter(Place failed, ConnectionFailedException failure) {
        Place next = places.next(tried);
        boolean isMovable = failed.isNamedBySource() && isAboutPlace(failure.kind());
        if (relocation != null && next == null && !whole.hasPassed() && isMovable) {
            try {
                relocation.relocate(whole.remaining());
            } catch (SQLException unread) {
                failure.addSuppressed(unread);
            }
            next = places.next(tried);
        }
        return whole.hasPassed() ? null : next;
    }

    /** {@return whether the failure can mean that the database is elsewhere} A refused login has its own refresh. */
    private static boolean isAboutPlace(FailureKind kind) {
        return switch (kind) {
            case CREDENTIALS_REFUSED, CREDENTIALS_UNAVAILABLE, TOO_MANY_CONNECTIONS, OTHER -> false;
            default -> true;
        };
    }
}
