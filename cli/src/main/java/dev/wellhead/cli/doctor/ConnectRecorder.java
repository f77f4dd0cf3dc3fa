package dev.wellhead.cli.doctor;

import dev.wellhead.spi.ConnectSteps;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Records the steps of a connection attempt, and how long each took. Used on one thread: the steps are reported on the
 * connecting thread, and read after the attempt.
 */
final class ConnectRecorder implements ConnectSteps {

    /** Null if the server's name was not resolved. */
    @Nullable
    List<InetAddress> addresses;

    /** The last address that accepted a TCP connection, null if there was none. */
    @Nullable
    InetSocketAddress address;

    /** Null if the connection is not encrypted. */
    @Nullable
    SSLSession session;

    /** Null if the server did not request a password. */
    @Nullable
    String method;

    String user = "";

    /** The name of the candidate, such as {@code AWSCURRENT}. */
    String label = "";

    private final Map<DoctorStage, Duration> durations = new EnumMap<>(DoctorStage.class);
    /** When the last step was reported. A step that fails is not reported, so its time is the time since then. */
    private long lastStepNanos = System.nanoTime();

    @Override
    public void resolved(List<InetAddress> all, Duration took) {
        addresses = all;
        completed(DoctorStage.DNS, took);
    }

    @Override
    public void connecting(InetSocketAddress to) {
        // a second attempt, perhaps without TLS
        session = null;
        lastStepNanos = System.nanoTime();
    }

    @Override
    public void connected(InetSocketAddress to, Duration took) {
        address = to;
        completed(DoctorStage.TCP, took);
    }

    @Override
    public void encrypted(SSLSession negotiated, Duration took) {
        session = negotiated;
        completed(DoctorStage.TLS, took);
    }

    @Override
    public void authenticating(String authenticationMethod, String role, String candidate) {
        method = authenticationMethod;
        user = role;
        label = candidate;
    }

    private void completed(DoctorStage stage, Duration took) {
        durations.put(stage, took);
        lastStepNanos = System.nanoTime();
    }

    /** {@return how long the step of a stage took; zero if it was not reported} */
    Duration duration(DoctorStage stage) {
        return durations.getOrDefault(stage, Duration.ZERO);
    }

    /** {@return the time since the last completed step: the duration of the step after it} */
    Duration sinceLastStep() {
        return Duration.ofNanos(System.nanoTime() - lastStepNanos);
    }
}
