package dev.wellhead.internal.connect.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One number for logins and places: each new one of either kind starts a generation. */
class PlacedGenerationsTest {

    private static final LoginTarget SERVER = new LoginTarget("db", 5432);

    private final LoginMemory memory = new LoginMemory();

    @Test
    void placed_newPlaceWithTheSameLogin_startsAGeneration() {
        long first = memory.placed(0, accept(1));
        assertThat(memory.placed(0, accept(1))).isEqualTo(first);

        long moved = memory.placed(1, accept(1));

        assertThat(moved).isGreaterThan(first);
        assertThat(memory.isMove(moved)).isTrue();
        assertThat(memory.placed(1, accept(1))).isEqualTo(moved);
    }

    @Test
    void placed_connectionToAnEarlierPlace_isOlder() {
        long moved = memory.placed(1, accept(1));

        assertThat(memory.placed(0, accept(1))).isLessThan(moved);
    }

    @Test
    void placed_newLoginAfterAMove_isNewerAndNoMove() {
        long moved = memory.placed(1, accept(1));

        long rotated = memory.placed(1, accept(2));

        assertThat(rotated).isGreaterThan(moved);
        assertThat(memory.isMove(rotated)).isFalse();
    }

    private long accept(long generation) {
        CredentialsSet set =
                CredentialsSet.of(generation, List.of(Credentials.of("app", "password " + generation, "current")));
        return memory.accepted(set, set.candidates().get(0), SERVER, List.of()).generation();
    }
}
