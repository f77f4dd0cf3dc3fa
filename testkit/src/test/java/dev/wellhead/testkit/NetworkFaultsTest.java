package dev.wellhead.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NetworkFaultsTest {

    private static final int SILENCE_MILLIS = 300;

    private final ServerSocket echoes = echoServer();
    private final FaultProxy proxy = FaultProxy.to("127.0.0.1", echoes.getLocalPort());

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echoes.close();
    }

    @Test
    void passing_connection_carriesBytesBothWays() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo("hello");
            assertThat(proxy.connectionCount()).isOne();
            assertThat(proxy.openConnections()).isOne();
        }
        Await.until(Duration.ofSeconds(60), () -> proxy.openConnections() == 0);
    }

    @Test
    void delay_echo_takesAtLeastTwiceTheDelay() throws IOException {
        proxy.delay(Duration.ofMillis(100));
        try (Socket client = connect()) {
            long start = System.nanoTime();
            assertThat(echo(client)).isEqualTo("hello");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void trickle_answer_arrivesInPieces() throws IOException {
        proxy.trickle(Duration.ofMillis(300));
        try (Socket client = connect()) {
            client.getOutputStream().write("hello".getBytes(US_ASCII));
            byte[] answer = new byte[5];
            assertThat(client.getInputStream().read(answer)).isLessThan(answer.length);
        }
    }

    @Test
    void blackHole_newAndExistingConnections_areSilentUntilItPassesAgain() throws IOException {
        try (Socket existing = connect()) {
            echo(existing);
            proxy.blackHole();
            assertSilent(existing);
            try (Socket fresh = connect()) {
                assertSilent(fresh);
            }
            proxy.pass();
            assertThat(new String(existing.getInputStream().readNBytes(5), US_ASCII))
                    .isEqualTo("hello");
        }
    }

    @Test
    void halfOpen_existingConnections_stayOpenAndSilentWhileNewOnesPass() throws IOException {
        try (Socket existing = connect()) {
            echo(existing);
            proxy.halfOpen();
            assertSilent(existing);
            try (Socket fresh = connect()) {
                assertThat(echo(fresh)).isEqualTo("hello");
            }
        }
    }

    @Test
    void refuse_newConnections_areRefusedUntilItPassesAgainOnTheSamePort() throws IOException {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        proxy.pass();
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo("hello");
        }
    }

    @Test
    void resetAll_existingConnection_isReset() throws IOException {
        try (Socket client = connect()) {
            echo(client);
            proxy.resetAll();
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void blackHolePort_connect_timesOut() {
        try (BlackHole hole = BlackHole.open();
                Socket client = new Socket()) {
            assertThatThrownBy(() -> client.connect(new InetSocketAddress(hole.host(), hole.port()), SILENCE_MILLIS))
                    .isInstanceOf(SocketTimeoutException.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(proxy.host(), proxy.port());
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> echo(socket)).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(0);
    }

    private static String echo(Socket socket) throws IOException {
        socket.getOutputStream().write("hello".getBytes(US_ASCII));
        return new String(socket.getInputStream().readNBytes(5), US_ASCII);
    }

    private static ServerSocket echoServer() {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            daemon(() -> {
                while (true) {
                    Socket client = server.accept();
                    daemon(() -> {
                        client.getInputStream().transferTo(client.getOutputStream());
                        client.close();
                    });
                }
            });
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Loop loop) {
        Thread thread = new Thread(() -> {
            try {
                loop.run();
            } catch (IOException e) {
                // the test has closed the socket
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Loop {
        void run() throws IOException;
    }
}
