package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.connect.login.LoginMemory;
import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which place an attempt tries, without a server. */
class PlacesTest {

    private final Places places = new Places();
    private final Place old = place(0, "old");
    private final Place next = place(1, "next");

    @Test
    void next_nothingProven_isTheAnnouncedPlace() {
        places.announce(old);

        assertThat(places.next(List.of())).isSameAs(old);
        assertThat(places.next(List.of(old))).isNull();
    }

    @Test
    void next_newPlaceAnnounced_isTheProvenOneFirst() {
        use(old);
        places.announce(next);

        assertThat(places.next(List.of())).isSameAs(old);
        assertThat(places.next(List.of(old))).isSameAs(next);
        assertThat(places.areInDoubt()).isTrue();
    }

    @Test
    void next_placeThatFailedLast_isTriedLast() {
        use(old);
        places.announce(next);
        places.failed(old);
        assertThat(places.next(List.of())).isSameAs(next);

        places.failed(next);

        assertThat(places.next(List.of())).isSameAs(old);
    }

    /** Nobody must write to the old database after the new one is in use. */
    @Test
    void opened_newPlace_forgetsTheOldOne() {
        use(old);
        places.announce(next);

        assertThat(places.opened(next)).isTrue();
        places.failed(next);

        assertThat(places.next(List.of())).isSameAs(next);
        assertThat(places.next(List.of(next))).isNull();
    }

    @Test
    void opened_lateConnectionToTheOldPlace_changesNothing() {
        use(old);
        places.announce(next);
        places.opened(next);

        assertThat(places.opened(old)).isFalse();
        assertThat(places.current()).isSameAs(next);
    }

    /** Otherwise the pool would stay at a place that the source names no more. */
    @Test
    void opened_newPlaceAfterTheSourceNamedTheOldOneAgain_hasToBeAnnouncedAgain() {
        use(old);
        places.announce(next);
        places.renew(old);
        assertThat(places.isProvenWithdrawn()).isFalse();

        places.opened(next);
        assertThat(places.isProvenWithdrawn()).isTrue();

        places.announce(place(2, "old"));
        assertThat(places.isProvenWithdrawn()).isFalse();
    }

    @Test
    void opened_announcedPlace_doesNotHaveToBeAnnouncedAgain() {
        use(old);
        places.announce(next);
        places.opened(next);

        assertThat(places.isProvenWithdrawn()).isFalse();
    }

    @Test
    void opened_samePlaceAgain_isNoMoveAndEndsTheDoubt() {
        use(old);
        places.failed(old);
        assertThat(places.areInDoubt()).isTrue();

        assertThat(places.opened(old)).isFalse();

        assertThat(places.areInDoubt()).isFalse();
    }

    private void use(Place place) {
        places.announce(place);
        places.opened(place);
    }

    private static Place place(long number, String host) {
        DatabaseSettings settings = Resolve.settings("DB_HOST=" + host + " DB_SSLMODE=disable");
        DatabaseListener listener = new DatabaseListener() {};
        CredentialsProvider credentials = CredentialsProvider.fixed("app", "pw");
        return new Place(number, null, settings, new Connector(settings, credentials, new LoginMemory(), listener));
    }
}
