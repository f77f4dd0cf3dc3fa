package dev.wellhead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerGroupTest {

    private final ServerGroup group = new ServerGroup(3);

    @Test
    void isFirst_earlierServersRefuse_isTrue() {
        group.accepted(0, false);
        group.accepted(1, true);

        assertThat(group.isFirst(1)).isTrue();
        assertThat(group.isFirst(2)).isFalse();
    }

    @Test
    void isFirst_earlierServerIsUndecided_waitsForIt() throws Exception {
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> group.isFirst(1));

        group.accepted(0, true);

        assertThat(second.get(60, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void isAnyUsable_onlyOneHasTheRole_isTrue() {
        group.usable(0, false);
        group.usable(1, true);

        assertThat(group.isAnyUsable()).isTrue();
    }

    @Test
    void isAnyUsable_noneHasTheRole_isFalse() {
        for (int i = 0; i < 3; i++) {
            group.usable(i, false);
            group.usable(i, true);
        }

        assertThat(group.isAnyUsable()).as("only the first call counts").isFalse();
    }
}
