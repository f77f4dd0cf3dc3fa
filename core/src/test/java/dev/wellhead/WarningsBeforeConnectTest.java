package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.testkit.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Warnings are for the operator who decides whether a password is sent, so they are logged before the first connect.
 */
class WarningsBeforeConnectTest {

    /** A reserved name (RFC 6761) that never resolves, so nothing is ever connected. */
    private static final String REMOTE = "db.invalid";

    private static final String WARNING = "ENVIRONMENT is not set, so the rules of environment 'local' apply, but "
            + REMOTE + ":5432 is not on this machine";

    @Test
    void open_environmentNotSetAndRemoteHost_warnsOnceAlthoughTheConnectFails() {
        try (LogCapture log = LogCapture.start()) {
            assertThatThrownBy(() -> Databases.builder()
                            .environment(Map.of("DB_HOST", REMOTE, "DB_PASSWORD", "x", "DB_STARTUP_TIMEOUT", "1ms"))
                            .open()
                            .close())
                    .isInstanceOf(ConnectionFailedException.class);

            assertThat(warnings(log)).hasSize(1);
        }
    }

    @Test
    void open_environmentNotSetAndRemoteHostFromTheSecret_warnsBeforeTheConnect() {
        try (LogCapture log = LogCapture.start()) {
            assertThatThrownBy(() -> Databases.builder()
                            .environment(Map.of("DB_NAME", "ledger"))
                            .credentials(new LocatedCredentials())
                            .open()
                            .close())
                    .isInstanceOf(ConnectionFailedException.class);

            assertThat(warnings(log)).hasSize(1);
        }
    }

    @Test
    void open_environmentSetToLocal_doesNotWarn() {
        try (LogCapture log = LogCapture.start()) {
            assertThatThrownBy(() -> Databases.builder()
                            .environment(Map.of("ENVIRONMENT", "local", "DB_HOST", REMOTE, "DB_PASSWORD", "x"))
                            .open()
                            .close())
                    .isInstanceOf(ConnectionFailedException.class);

            assertThat(warnings(log)).isEmpty();
        }
    }

    private static List<String> warnings(LogCapture log) {
        return log.events().stream()
                .filter(event -> event.logger().equals("dev.wellhead.Database"))
                .map(LogCapture.Event::message)
                .filter(message -> message.contains(WARNING))
                .toList();
    }

    /** Supplies a login and the server that it is for, as a secret does. */
    private static final class LocatedCredentials implements CredentialsProvider {

        private static final CredentialsSet SET = CredentialsSet.of(1, List.of(Credentials.of("app", "pw", "secret")))
                .at(new ServerLocation(REMOTE, 5432, null, null));

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) {
            return SET;
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            return SET;
        }

        @Override
        public String description() {
            return "secret 'prod/ledger'";
        }
    }
}
