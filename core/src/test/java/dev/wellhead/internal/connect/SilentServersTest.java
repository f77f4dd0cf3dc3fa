package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilentServersTest {

    private static final String SERVER = "a";

    private final AtomicLong nanoTime = new AtomicLong(-5);

    @Test
    void isSilent_neverRecorded_isFalse() {
        assertThat(servers(0.5).isSilent(SERVER)).isFalse();
    }

    @ParameterizedTest(name = "random {0}: {1} ms")
    @CsvSource({"0, 8000", "0.5, 10000", "1, 12000"})
    void isSilent_recorded_isTrueForAboutTenSeconds(double random, long millis) {
        SilentServers servers = servers(random);
        servers.silent(SERVER);

        assertThat(servers.isSilent(SERVER)).isTrue();
        assertThat(servers.isSilent("b")).isFalse();
        elapse(millis - 1);
        assertThat(servers.isSilent(SERVER)).isTrue();
        elapse(1);
        assertThat(servers.isSilent(SERVER)).isFalse();
    }

    /** The addresses of a name can change again and again, and those that are gone never answer. */
    @Test
    void silent_manyAddressesThatAreGone_areForgotten() {
        SilentServers servers = servers(0.5);
        for (int i = 0; i < 1_000; i++) {
            servers.silent("10.0.0." + i);
            elapse(1_000);
        }

        assertThat(servers.size()).isLessThanOrEqualTo(64);
        assertThat(servers.isSilent("10.0.0.999")).isTrue();
    }

    /** Otherwise every search of the pool would wait for the server at the same time. */
    @Test
    void isSilent_timeIsOver_onlyTheFirstCallerTriesTheServer() {
        SilentServers servers = servers(0.5);
        servers.silent(SERVER);
        elapse(10_000);

        assertThat(servers.isSilent(SERVER)).isFalse();
        assertThat(servers.isSilent(SERVER)).isTrue();
        elapse(10_000);
        assertThat(servers.isSilent(SERVER)).isFalse();
    }

    @Test
    void answered_silentServer_isForgotten() {
        SilentServers servers = servers(0.5);
        servers.silent(SERVER);

        servers.answered(SERVER);

        assertThat(servers.isSilent(SERVER)).isFalse();
        assertThat(servers.isSilent(SERVER)).isFalse();
    }

    private void elapse(long millis) {
        nanoTime.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private SilentServers servers(double random) {
        return new SilentServers(nanoTime::get, new Random() {
            private static final long serialVersionUID = 1;

            @Override
            public double nextDouble() {
                return random;
            }
        });
    }
}
