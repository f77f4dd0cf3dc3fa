package dev.wellhead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.doctor.ConnectionLimitCheck.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimitCheckTest {

    private static final ConnectionLimitCheck.Limit SERVER = new ConnectionLimitCheck.Limit(Owner.SERVER, 100, 90);
    private static final ConnectionLimitCheck.Limit ROLE = new ConnectionLimitCheck.Limit(Owner.ROLE, 15, 0);
    private static final ConnectionLimitCheck.Limit DATABASE = new ConnectionLimitCheck.Limit(Owner.DATABASE, -1, 80);

    @Test
    void limits_thatAllAllowThePools_areComparedByFreeConnections() {
        assertThat(ConnectionLimitCheck.strictest(List.of(SERVER, ROLE, DATABASE), 15))
                .isEqualTo(SERVER);
    }

    @Test
    void limit_thatNeverAllowsThePools_isStricterThanOneWithFewerFreeConnections() {
        assertThat(ConnectionLimitCheck.strictest(List.of(SERVER, ROLE, DATABASE), 20))
                .isEqualTo(ROLE);
        assertThat(ConnectionLimitCheck.strictest(List.of(ROLE, SERVER, DATABASE), 20))
                .isEqualTo(ROLE);
        assertThat(ROLE.allows(20)).isFalse();
    }

    @Test
    void limits_thatNeverAllowThePools_areComparedByFreeConnections() {
        assertThat(ConnectionLimitCheck.strictest(List.of(SERVER, ROLE, DATABASE), 200))
                .isEqualTo(SERVER);
        assertThat(DATABASE.allows(200)).isTrue();
    }
}
