package dev.wellhead.cli.output;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** How long a server that vanishes without closing its connections can stay unnoticed. */
public final class NoticeTime {

    /** The time for three attempts to connect that are not answered, and the pauses between them. */
    private static final Duration ATTEMPTS = Duration.ofSeconds(20);

    /** Source: tcp(7) of Linux, tcp_retries2. */
    private static final String LONGEST = "about 15 minutes";

    private NoticeTime() {}

    /** {@return one clause, such as {@code noticed within 2s by idle connections, and within 30s by statements}} */
    public static String of(DatabaseSettings settings) {
        return "noticed within " + seconds(validation(settings)) + " by idle connections, and within "
                + statement(settings) + " by statements";
    }

    /** HikariCP passes the timeout to the driver in whole seconds, and sets a shorter one on the socket. */
    private static Duration validation(DatabaseSettings settings) {
        Duration timeout = settings.get(Settings.VALIDATION_TIMEOUT);
        return timeout.toSeconds() == 0 ? timeout : timeout.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String statement(DatabaseSettings settings) {
        Duration check = settings.get(Settings.SILENCE_CHECK_AFTER);
        Duration socket = settings.get(Settings.SOCKET_TIMEOUT);
        if (check.isZero() && socket.isZero()) {
            return LONGEST;
        }
        Duration limit = check.plus(ATTEMPTS);
        boolean socketFirst = check.isZero() || (!socket.isZero() && socket.compareTo(limit) < 0);
        return seconds(socketFirst ? socket : limit);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
