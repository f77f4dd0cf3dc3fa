package dev.wellhead.cli.doctor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.open.Inspection;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SessionChecksTest {

    private static DatabaseSettings settings(FaultProxy proxy) {
        return SettingsResolver.resolve(SettingsRequest.of(
                "default",
                Map.of(
                        "DB_HOST",
                        proxy.host(),
                        "DB_PORT",
                        Integer.toString(proxy.port()),
                        "DB_NAME",
                        "postgres",
                        "DB_PASSWORD",
                        PostgresServer.SUPERUSER_PASSWORD)));
    }

    private static Connection open(Inspection inspection, HostAndPort server) throws Exception {
        inspection.credentials(Duration.ofSeconds(10));
        CollectedStages stages = new CollectedStages();
        ServerChecks check = new ServerChecks(inspection, server, Clock.systemUTC(), any -> false, stages);
        Connection connection = check.run();
        assertThat(stages.results()).noneMatch(StageResult::isFailed);
        return Objects.requireNonNull(connection);
    }

    @Test
    void session_afterTheLogin_hasATimeoutOfTenSeconds() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(PostgresServer.shared());
                Inspection inspection = Inspection.of(settings(proxy));
                Connection connection = open(inspection, new HostAndPort(proxy.host(), proxy.port()))) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(10_000);
        }
    }

    @Test
    void server_thatHangsAfterTheLogin_failsTheStageAndSkipsTheOthers() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(PostgresServer.shared());
                Inspection inspection = Inspection.of(settings(proxy))) {
            HostAndPort server = new HostAndPort(proxy.host(), proxy.port());
            try (Connection connection = open(inspection, server)) {
                connection.setNetworkTimeout(Runnable::run, 300);
                proxy.blackHole();

                List<StageResult> results = CollectedStages.of(new CheckedSession(
                        inspection.settings(), TargetServerType.ANY, server, connection, 1, Clock.systemUTC()));

                assertThat(results.get(0).stage()).isEqualTo(DoctorStage.DATABASE);
                assertThat(results.get(0).status()).isEqualTo(StageStatus.FAILED);
                assertThat(requireNonNull(results.get(0).failure()).kind()).isEqualTo("network");
                assertThat(results.get(0).text()).startsWith("the connection was lost: ");
                assertThat(results.subList(1, results.size()))
                        .hasSize(6)
                        .allMatch(result -> result.status() == StageStatus.NOT_TESTED)
                        .allMatch(result -> result.text().equals("database failed"));
            }
        }
    }
}
