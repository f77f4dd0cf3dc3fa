package dev.wellhead.internal.connect.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A socket between two threads of this process: what its deadline ends, and what it reports. */
class DeadlineSocketTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PASSED = Duration.ofMillis(-1);
    private static final InetSocketAddress ELSEWHERE = InetSocketAddress.createUnresolved("elsewhere.invalid", 1);

    private final Recorder recorder = new Recorder();
    private ServerSocket listener;
    private InetSocketAddress endpoint;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        endpoint = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    void connect_anyAddress_usesTheEndpoint() throws IOException {
        try (DeadlineSocket socket = new DeadlineSocket(endpoint, Deadline.in(LONG), recorder)) {
            socket.connect(ELSEWHERE, 0);

            assertThat(socket.getRemoteSocketAddress()).isEqualTo(endpoint);
            assertThat(recorder.events).containsExactly("connecting", "connected");
        }
    }

    @Test
    void connect_afterTheDeadline_fails() throws IOException {
        try (DeadlineSocket socket = new DeadlineSocket(endpoint, Deadline.in(PASSED), recorder)) {
            assertThatThrownBy(() -> socket.connect(ELSEWHERE, 0)).isInstanceOf(DeadlineExceededException.class);

            assertThat(recorder.events).containsExactly("connecting", "deadline exceeded");
        }
    }

    @Test
    void read_beforeTheDeadline_reportsTheBytes() throws IOException {
        try (DeadlineSocket socket = connected(LONG);
                Socket peer = listener.accept()) {
            peer.getOutputStream().write(new byte[] {1, 2, 3});

            assertThat(socket.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            assertThat(recorder.received).isEqualTo(3);
        }
    }

    @Test
    void read_serverThatSendsNothing_endsAtTheDeadlineWhateverTheSocketTimeout() throws IOException {
        try (DeadlineSocket socket = connected(Duration.ofMillis(200));
                Socket peer = listener.accept()) {
            socket.setSoTimeout(0);

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(DeadlineExceededException.class);
            assertThat(peer.isConnected()).isTrue();
            assertThat(recorder.events).last().isEqualTo("deadline exceeded");
        }
    }

    @Test
    void release_always_makesTheSocketTimeoutApplyAndReportsNothing() throws IOException {
        try (DeadlineSocket socket = connected(LONG);
                Socket peer = listener.accept()) {
            socket.setSoTimeout(4711);
            assertThat(socket.getSoTimeout()).isEqualTo(4711);

            socket.release();
            peer.getOutputStream().write(1);

            assertThat(socket.getInputStream().read()).isEqualTo(1);
            assertThat(socket.getSoTimeout()).isEqualTo(4711);
            assertThat(recorder.received).isZero();
        }
    }

    private DeadlineSocket connected(Duration budget) throws IOException {
        DeadlineSocket socket = new DeadlineSocket(endpoint, Deadline.in(budget), recorder);
        socket.connect(ELSEWHERE, 0);
        return socket;
    }

    private static final class Recorder implements DeadlineSocket.Observer {

        private final List<String> events = new ArrayList<>();
        private int received;

        @Override
        public void connecting() {
            events.add("connecting");
        }

        @Override
        public void connected(Socket socket) {
            events.add("connected");
        }

        @Override
        public void received(byte[] bytes, int offset, int count) {
            received += count;
        }

        @Override
        public void deadlineExceeded() {
            events.add("deadline exceeded");
        }
    }
}
