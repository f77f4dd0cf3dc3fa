package dev.wellhead.cli.doctor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsClockCheckTest {

    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private static DatabaseSettings settings() {
        return SettingsResolver.resolve(SettingsRequest.of(
                "default",
                Map.of(
                        "DB_HOST", "127.0.0.1",
                        "DB_NAME", "shop",
                        "DB_USER", "app",
                        "DB_AUTH", "iam",
                        "DB_SSLROOTCERT", "system")));
    }

    private static DatabaseSettings to(String host) {
        return SettingsResolver.resolve(SettingsRequest.of(
                "default",
                Map.of(
                        "DB_HOST",
                        host,
                        "DB_NAME",
                        "shop",
                        "DB_USER",
                        "app",
                        "DB_AUTH",
                        "iam",
                        "DB_SSLROOTCERT",
                        "system")));
    }

    static Stream<Arguments> endpoints() {
        return Stream.of(
                Arguments.of("shop.abc123.eu-west-1.rds.amazonaws.com", "https://sts.eu-west-1.amazonaws.com/"),
                Arguments.of("shop.abc123.cn-north-1.rds.amazonaws.com.cn", "https://sts.cn-north-1.amazonaws.com.cn/"),
                Arguments.of(
                        "shop.abc123.rds.cn-northwest-1.amazonaws.com.cn",
                        "https://sts.cn-northwest-1.amazonaws.com.cn/"),
                Arguments.of("shop.global-abc123.global.rds.amazonaws.com", "https://sts.us-east-1.amazonaws.com/"),
                Arguments.of("db.rds.example.com", "https://sts.us-east-1.amazonaws.com/"));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void endpoint_ofAnRdsHost_hasItsRegion(String host, String endpoint) {
        assertThat(new AwsClockCheck(to(host), Map.of(), Clock.systemUTC()).endpoint())
                .isEqualTo(URI.create(endpoint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[not an address", "sts.example.com", "file:///dev/null", "https:///"})
    void endpoint_thatIsNotAnHttpUrl_isAWarning(String endpoint) {
        StageResult result =
                new AwsClockCheck(settings(), Map.of("AWS_ENDPOINT_URL_STS", endpoint), Clock.systemUTC()).result();

        assertThat(result.status()).isEqualTo(StageStatus.WARNING);
        assertThat(result.text())
                .isEqualTo("unknown: there is no valid server address, because of AWS_ENDPOINT_URL_STS");
        assertThat(result.fix()).isEqualTo("Check AWS_ENDPOINT_URL_STS.");
    }

    @Test
    void region_thatIsInvalid_isAWarning() {
        StageResult result =
                new AwsClockCheck(settings(), Map.of("AWS_REGION", "eu west 1"), Clock.systemUTC()).result();

        assertThat(result.status()).isEqualTo(StageStatus.WARNING);
        assertThat(result.text()).isEqualTo("unknown: there is no valid server address, because of AWS_REGION");
    }

    private StageResult at(Duration offset, int port) {
        Map<String, String> variables = Map.of("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:" + port + "/");
        return new AwsClockCheck(settings(), variables, Clock.offset(Clock.systemUTC(), offset)).result();
    }

    @Test
    void clock_thatIsRight_isOk() {
        assertThat(at(Duration.ZERO, service.getAddress().getPort()).status()).isEqualTo(StageStatus.OK);
    }

    @Test
    void clock_thatIsTenMinutesFast_fails() {
        StageResult result = at(Duration.ofMinutes(10), service.getAddress().getPort());

        assertThat(result.status()).isEqualTo(StageStatus.FAILED);
        assertThat(requireNonNull(result.failure()).kind()).isEqualTo("clock_skew");
        assertThat(result.fix()).startsWith("Set this machine's clock (NTP)");
    }

    @Test
    void service_thatCannotBeReached_isAWarning() {
        StageResult result = at(Duration.ZERO, FreePort.find());

        assertThat(result.status()).isEqualTo(StageStatus.WARNING);
        assertThat(result.text()).isEqualTo("unknown: 127.0.0.1 did not return the time");
    }
}
