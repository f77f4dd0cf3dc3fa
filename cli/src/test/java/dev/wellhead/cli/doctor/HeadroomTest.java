package dev.wellhead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadroomTest {

    private static final Headroom.Limit SERVER = new Headroom.Limit("the server", 100, 90);
    private static final Headroom.Limit ROLE = new Headroom.Limit("the role", 15, 0);
    private static final Headroom.Limit DATABASE = new Headroom.Limit("the database", -1, 80);

    @Test
    void limits_thatAllHoldThePools_areJudgedByTheFewestLeft() {
        assertThat(Headroom.tightest(List.of(SERVER, ROLE, DATABASE), 15)).isEqualTo(SERVER);
    }

    @Test
    void limit_thatCanNeverHoldThePools_isJudgedThoughAnotherHasFewerLeft() {
        assertThat(Headroom.tightest(List.of(SERVER, ROLE, DATABASE), 20)).isEqualTo(ROLE);
        assertThat(Headroom.tightest(List.of(ROLE, SERVER, DATABASE), 20)).isEqualTo(ROLE);
        assertThat(ROLE.holds(20)).isFalse();
    }

    @Test
    void limits_thatAllCannotHoldThePools_areJudgedByTheFewestLeft() {
        assertThat(Headroom.tightest(List.of(SERVER, ROLE, DATABASE), 200)).isEqualTo(SERVER);
        assertThat(DATABASE.holds(200)).isTrue();
    }
}
