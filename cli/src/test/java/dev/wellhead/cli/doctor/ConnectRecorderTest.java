package dev.wellhead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

class ConnectRecorderTest {

    private static final InetSocketAddress FIRST = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5432);
    private static final InetSocketAddress SECOND = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5433);
    private static final SSLSession SESSION = (SSLSession) Proxy.newProxyInstance(
            ConnectRecorderTest.class.getClassLoader(),
            new Class<?>[] {SSLSession.class},
            (proxy, method, args) -> null);

    private final ConnectRecorder recorder = new ConnectRecorder();

    @Test
    void duration_stepsThatCompleted_areRecorded() {
        recorder.resolved(List.of(FIRST.getAddress()), Duration.ofMillis(3));
        recorder.connecting(FIRST);
        recorder.connected(FIRST, Duration.ofMillis(5));
        recorder.encrypted(SESSION, Duration.ofMillis(30));

        assertThat(recorder.addresses).containsExactly(FIRST.getAddress());
        assertThat(recorder.address).isEqualTo(FIRST);
        assertThat(recorder.duration(DoctorStage.DNS)).isEqualTo(Duration.ofMillis(3));
        assertThat(recorder.duration(DoctorStage.TCP)).isEqualTo(Duration.ofMillis(5));
        assertThat(recorder.duration(DoctorStage.TLS)).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void duration_stepThatDidNotHappen_isZero() {
        assertThat(recorder.duration(DoctorStage.TLS)).isZero();
        assertThat(recorder.session).isNull();
        assertThat(recorder.method).isNull();
        assertThat(recorder.user).isEmpty();
    }

    /** SSL mode {@code prefer} connects again without TLS; the session of the first connection must not be reported. */
    @Test
    void connecting_secondAttemptWithoutTls_forgetsTheSession() {
        recorder.connected(FIRST, Duration.ofMillis(5));
        recorder.encrypted(SESSION, Duration.ofMillis(30));

        recorder.connecting(SECOND);
        recorder.connected(SECOND, Duration.ofMillis(7));

        assertThat(recorder.session).isNull();
        assertThat(recorder.address).isEqualTo(SECOND);
        assertThat(recorder.duration(DoctorStage.TCP)).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void authenticating_severalCandidates_keepsTheLast() {
        recorder.authenticating("scram-sha-256", "app", "AWSCURRENT");
        recorder.authenticating("scram-sha-256", "app", "AWSPENDING");

        assertThat(recorder.method).isEqualTo("scram-sha-256");
        assertThat(recorder.user).isEqualTo("app");
        assertThat(recorder.label).isEqualTo("AWSPENDING");
    }

    @Test
    void sinceLastStep_anyTime_isNotNegative() {
        assertThat(recorder.sinceLastStep()).isGreaterThanOrEqualTo(Duration.ZERO);
    }
}
