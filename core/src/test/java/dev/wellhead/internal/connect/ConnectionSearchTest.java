package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.settings.Origin;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which servers are tried, without a network: no name resolves. */
class ConnectionSearchTest {

    private static final String HOSTS = "a.example,b.example,c.example";

    private final List<String> lookups = new ArrayList<>();

    @Test
    void run_severalServers_triesThemInTheConfiguredOrder() {
        ConnectionFailedException failure = nowhere().failure();

        assertThat(lookups).containsExactly("a.example", "b.example", "c.example");
        assertThat(hosts(failure)).containsExactly("a.example", "b.example", "c.example");
        assertThat(failure.failures()).extracting(ServerFailure::stage).containsOnly(ConnectStage.NAME_RESOLUTION);
    }

    @Test
    void run_loadBalanced_triesEveryServerOnceInARandomOrder() {
        Connector connector = nowhere().with("DB_LOAD_BALANCE_HOSTS", "random").connector();
        List<List<String>> orders = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            orders.add(hosts(Connecting.failure(connector, Connecting.BUDGET)));
        }

        assertThat(orders).allSatisfy(order -> assertThat(order)
                .containsExactlyInAnyOrder("a.example", "b.example", "c.example"));
        assertThat(orders).extracting(order -> order.get(0)).contains("a.example", "b.example", "c.example");
    }

    @Test
    void run_noTimeLeft_reportsEveryServerAsTimedOutAndTriesNone() {
        ConnectionFailedException failure = Connecting.failure(nowhere().connector(), Duration.ZERO);

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(failure.failures())
                .extracting(ServerFailure::reason)
                .containsOnly("it was not tried because the time was up")
                .hasSize(3);
        assertThat(lookups).isEmpty();
    }

    @Test
    void run_credentialsUnavailable_endsTheSearch() {
        ConnectionFailedException failure = nowhere().with(new NoCredentials()).failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_UNAVAILABLE);
        assertThat(failure.failures()).hasSize(1);
        assertThat(failure.failures().get(0).stage()).isEqualTo(ConnectStage.CREDENTIALS);
        assertThat(failure.failures().get(0).origins()).containsExactly(new Origin.SecretField("an empty source", ""));
        assertThat(lookups).isEmpty();
    }

    private static List<String> hosts(ConnectionFailedException failure) {
        return failure.failures().stream().map(each -> each.server().host()).toList();
    }

    private Connecting nowhere() {
        return Connecting.to(HOSTS, 5432).with(host -> {
            synchronized (lookups) {
                lookups.add(host);
            }
            throw new UnknownHostException(host);
        });
    }

    private static final class NoCredentials implements CredentialsProvider {

        @Override
        public String description() {
            return "an empty source";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
            throw new CredentialsException("There is nothing.");
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            return CredentialsSet.of(1, List.of(Credentials.of("app", "unused", "only")));
        }
    }
}
