package dev.wellhead.internal.connect.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Databases;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTimeTest {

    private static final DatabaseSettings SETTINGS = Databases.resolve(Map.of());
    private static final String ADVICE = "Raise DB_CONNECT_TIMEOUT.";

    @Test
    void explain_mostOfTheTime_replacesTheAdvice() {
        assertThat(explained(9_720, 80, FailureKind.TIMED_OUT))
                .containsExactly(
                        "Getting the credentials from a vault took 9720 of the 9800 ms of this attempt.",
                        "Check why their source is slow, or raise DB_CONNECTION_TIMEOUT.");
    }

    @Test
    void explain_aTenthOfTheTime_isAddedToTheAdvice() {
        assertThat(explained(1_000, 9_000, FailureKind.TIMED_OUT))
                .containsExactly(
                        "Getting the credentials from a vault took 1000 of the 10000 ms of this attempt.", ADVICE);
    }

    @Test
    void explain_littleTimeOrAnotherFailure_changesNothing() {
        assertThat(explained(999, 9_001, FailureKind.TIMED_OUT)).containsExactly(ADVICE);
        assertThat(explained(9_000, 1_000, FailureKind.REFUSED)).containsExactly(ADVICE);
    }

    private static List<String> explained(long spentMillis, long remainingMillis, FailureKind kind) {
        CredentialsTime time = new CredentialsTime(
                CredentialsProvider.withoutPassword("app", "a vault"),
                SETTINGS,
                Duration.ofMillis(spentMillis),
                Duration.ofMillis(remainingMillis));
        return time.explain(new ServerFailure(
                        new HostAndPort("db", 5432),
                        kind,
                        ConnectStage.TCP,
                        "08001",
                        "it sent nothing",
                        List.of(),
                        List.of(ADVICE),
                        null))
                .fixes();
    }
}
