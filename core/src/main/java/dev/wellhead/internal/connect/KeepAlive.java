package dev.wellhead.internal.connect;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * The TCP keep-alive probes; 0 leaves a value to the system. A value the system has no option for is left to it as
 * well, as libpq documents it.
 *
 * @param idleSeconds idle time before the first probe
 * @param intervalSeconds time between probes
 * @param count probes lost before the connection counts as dead
 */
public record KeepAlive(int idleSeconds, int intervalSeconds, int count) {

    public static KeepAlive of(DatabaseSettings settings) {
        if (!settings.get(Settings.KEEPALIVES)) {
            return new KeepAlive(0, 0, 0);
        }
        return new KeepAlive(
                seconds(settings.get(Settings.KEEPALIVES_IDLE)),
                seconds(settings.get(Settings.KEEPALIVES_INTERVAL)),
                settings.get(Settings.KEEPALIVES_COUNT));
    }

    private static int seconds(Duration duration) {
        return (int) Math.min(duration.toSeconds(), Integer.MAX_VALUE);
    }

    public void applyTo(Socket socket) throws IOException {
        if (idleSeconds > 0 || intervalSeconds > 0 || count > 0) {
            Extended.set(socket, Extended.IDLE, idleSeconds);
            Extended.set(socket, Extended.INTERVAL, intervalSeconds);
            Extended.set(socket, Extended.COUNT, count);
        }
    }

    /** Loaded only where a value is set. */
    private static final class Extended {

        static final SocketOption<Integer> IDLE = ExtendedSocketOptions.TCP_KEEPIDLE;
        static final SocketOption<Integer> INTERVAL = ExtendedSocketOptions.TCP_KEEPINTERVAL;
        static final SocketOption<Integer> COUNT = ExtendedSocketOptions.TCP_KEEPCOUNT;

        static void set(Socket socket, SocketOption<Integer> option, int value) throws IOException {
            if (value > 0 && socket.supportedOptions().contains(option)) {
                socket.setOption(option, value);
            }
        }
    }
}
