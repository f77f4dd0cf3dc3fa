package dev.wellhead.internal.connect.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.connect.ScriptedCredentials;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalHoldOffTest {

    private static final ServerFailure REFUSAL = new ServerFailure(
            new HostAndPort("db", 5432),
            FailureKind.CREDENTIALS_REFUSED,
            ConnectStage.AUTHENTICATION,
            "28P01",
            "it refused the password",
            List.of(),
            List.of("Check the password."),
            null);

    private final AtomicLong clock = new AtomicLong();
    private final CredentialsSet set = ScriptedCredentials.set(1, "wrong");

    @Test
    void refused_againAndAgain_doublesTheHoldOffUpToHalfAMinute() {
        RefusalHoldOff holdOff = new RefusalHoldOff(clock::get, fraction(1));
        List<Long> millis = new ArrayList<>();
        for (int refusal = 0; refusal < 10; refusal++) {
            holdOff.refused(set, REFUSAL);
            millis.add(length(holdOff).toMillis());
        }
        assertThat(millis)
                .containsExactly(250L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
    }

    @Test
    void refused_jitter_isUpToHalfOfTheHoldOff() {
        RefusalHoldOff holdOff = new RefusalHoldOff(clock::get, fraction(0));
        holdOff.refused(set, REFUSAL);

        assertThat(length(holdOff)).isEqualTo(Duration.ofMillis(125));
    }

    @Test
    void refused_anotherSet_beginsAgainWithAQuarterOfASecond() {
        RefusalHoldOff holdOff = new RefusalHoldOff(clock::get, fraction(1));
        holdOff.refused(set, REFUSAL);
        holdOff.refused(set, REFUSAL);
        CredentialsSet other = ScriptedCredentials.set(2, "wrong too");
        holdOff.refused(other, REFUSAL);

        assertThat(holdOff.isHeldOff(set)).isFalse();
        assertThat(holdOff.claim(set)).isNull();
        assertThat(holdOff.isHeldOff(other)).isTrue();
        clock.addAndGet(Duration.ofMillis(250).toNanos());
        assertThat(holdOff.isHeldOff(other)).isFalse();
    }

    @Test
    void claim_duringTheHoldOff_isTheRefusalWithItsTimes() {
        RefusalHoldOff holdOff = new RefusalHoldOff(clock::get, fraction(1));
        holdOff.refused(set, REFUSAL);
        clock.addAndGet(Duration.ofMillis(150).toNanos());

        assertThat(holdOff.claim(set)).isNotNull().satisfies(failure -> assertThat(failure.fixes())
                .containsExactly(
                        "Check the password.",
                        "The server refused the same credentials 150 ms ago. They are tried again in 100 ms, or when they"
                                + " change."));
    }

    @Test
    void claim_afterTheHoldOff_isForOneCaller() {
        RefusalHoldOff holdOff = new RefusalHoldOff(clock::get, fraction(1));
        holdOff.refused(set, REFUSAL);
        clock.addAndGet(Duration.ofMillis(250).toNanos());

        assertThat(holdOff.claim(set)).isNull();
        assertThat(holdOff.claim(set)).isNotNull();
    }

    @Test
    void accepted_endsTheHoldOff() {
        RefusalHoldOff holdOff = new RefusalHoldOff(clock::get, fraction(1));
        holdOff.refused(set, REFUSAL);
        holdOff.accepted();

        assertThat(holdOff.claim(set)).isNull();
        holdOff.refused(set, REFUSAL);
        assertThat(length(holdOff)).isEqualTo(Duration.ofMillis(250));
    }

    /** {@return the time until the set may be tried again; the clock stands there afterwards} */
    private Duration length(RefusalHoldOff holdOff) {
        long step = Duration.ofMillis(25).toNanos();
        long begin = clock.get();
        while (holdOff.isHeldOff(set)) {
            clock.addAndGet(step);
        }
        return Duration.ofNanos(clock.get() - begin);
    }

    private static Random fraction(double fraction) {
        return new Random() {
            private static final long serialVersionUID = 1;

            @Override
            public double nextDouble() {
                return fraction;
            }
        };
    }
}
