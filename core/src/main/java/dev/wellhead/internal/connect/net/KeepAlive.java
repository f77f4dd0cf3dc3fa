package dev.wellhead.internal.connect.net;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * The parameters of TCP keep-alive probes. A value of 0 means the default of the operating system. As in libpq, a value
 * is ignored if the operating system has no such option.
 *
 * @param idleSeconds idle time before the first probe
 * @param intervalSeconds time between probes
 * @param count number of lost probes after which the connection counts as dead
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
            Options.set(socket, Options.IDLE, idleSeconds);
            Options.set(socket, Options.INTERVAL, intervalSeconds);
            Options.set(socket, Options.COUNT, count);
        }
    }

    /** A class of its own, so that the module jdk.net is only loaded if a value is set. */
    private static final class Options {

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
