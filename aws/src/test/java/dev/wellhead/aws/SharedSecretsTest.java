package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The secrets of a process: who shares one, and when it is closed. */
@Timeout(120)
class SharedSecretsTest {

    private static final String ENDPOINT = "aws.endpointUrlSecretsManager";
    private static final SecretAddress ADDRESS = new SecretAddress("prod/ledger", "eu-west-1", true, List.of());

    private final SharedSecrets secrets = new SharedSecrets();
    private final AtomicInteger opened = new AtomicInteger();

    @AfterEach
    void restore() {
        System.clearProperty(ENDPOINT);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void open_sameAddress_returnsTheSameSecretUntilTheLastClose() {
        SharedSecret first = secrets.open(ADDRESS, this::secret);
        assertThat(secrets.open(copy(ADDRESS), this::secret)).isSameAs(first);

        secrets.close(ADDRESS);
        assertThat(secrets.open(ADDRESS, this::secret)).isSameAs(first);
        secrets.close(ADDRESS);
        secrets.close(ADDRESS);

        assertThat(secrets.size()).isZero();
        assertThat(secrets.open(ADDRESS, this::secret)).isNotSameAs(first);
    }

    @Test
    void open_anotherAddress_returnsAnotherSecret() {
        SharedSecret first = secrets.open(ADDRESS, this::secret);
        List<SecretAddress> others = List.of(
                new SecretAddress("prod/other", "eu-west-1", true, List.of()),
                new SecretAddress("prod/ledger", "us-east-1", true, List.of()),
                new SecretAddress("prod/ledger", "eu-west-1", false, List.of()),
                new SecretAddress("prod/ledger", "eu-west-1", true, List.of("http://127.0.0.1:4566")));

        for (SecretAddress other : others) {
            assertThat(secrets.open(other, this::secret)).isNotSameAs(first);
        }

        assertThat(opened).hasValue(5);
    }

    @Test
    void address_propertiesOfTheSdk_areAPartOfIt() {
        Properties properties = new Properties();
        SecretAddress before = SecretAddress.of("prod/ledger", "eu-west-1", true, properties);
        properties.setProperty("other", "x");
        assertThat(SecretAddress.of("prod/ledger", "eu-west-1", true, properties))
                .isEqualTo(before);
        for (String name : List.of(ENDPOINT, "aws.endpointUrl", "aws.profile", "aws.accessKeyId", "aws.roleArn")) {
            Properties changed = new Properties();
            changed.setProperty(name, "x");

            assertThat(SecretAddress.of("prod/ledger", "eu-west-1", true, changed))
                    .isNotEqualTo(before);
        }
    }

    @Test
    void create_requestThatThrows_leavesNoSecretOpen() {
        int before = SharedSecrets.OF_PROCESS.size();
        RequestFromMap request = new RequestFromMap(Map.of(
                "secretId", "prod/ledger", "secretRegion", "eu-west-1", "secretRefreshInterval", "not a duration"));

        assertThatThrownBy(() -> new AwsCredentials().create(request)).isInstanceOf(DateTimeParseException.class);

        assertThat(SharedSecrets.OF_PROCESS.size()).isEqualTo(before);
    }

    @Test
    void databases_ofOneSecret_readItOnceAndCloseItTogether() throws SQLException {
        PostgresServer postgres = PostgresServer.shared();
        postgres.createRole("aws_shared", "pw");
        int before = SharedSecrets.OF_PROCESS.size();
        try (SecretsManagerServer store = SecretsManagerServer.start()) {
            store.put("prod/ledger", RotatingSecrets.login("aws_shared", "pw"));
            System.setProperty(ENDPOINT, store.uri().toString());
            System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
            System.setProperty("aws.secretAccessKey", "not-a-key");
            List<Database> databases = new ArrayList<>();
            try {
                for (int i = 0; i < 5; i++) {
                    databases.add(open(postgres));
                }
                assertThat(store.calls()).containsExactly("AWSCURRENT");
                assertThat(SharedSecrets.OF_PROCESS.size()).isEqualTo(before + 1);
                databases.remove(0).close();

                try (Connection connection = databases.get(0).getConnection()) {
                    assertThat(connection.isValid(5)).isTrue();
                }
            } finally {
                databases.forEach(Database::close);
            }
            assertThat(SharedSecrets.OF_PROCESS.size()).isEqualTo(before);
        }
    }

    private static Database open(PostgresServer postgres) throws SQLException {
        return Databases.builder()
                .environment(Map.of(
                        "ENVIRONMENT", "test",
                        "DB_HOST", postgres.host(),
                        "DB_PORT", Integer.toString(postgres.port()),
                        "DB_NAME", "postgres",
                        "DB_SECRET_ID", "prod/ledger",
                        "DB_SECRET_REGION", "eu-west-1",
                        "DB_MAXIMUM_POOL_SIZE", "1"))
                .open();
    }

    private static SecretAddress copy(SecretAddress address) {
        return new SecretAddress(address.secretId(), address.region(), address.strict(), List.copyOf(address.sdk()));
    }

    private SharedSecret secret(SecretAddress address) {
        opened.incrementAndGet();
        return new SharedSecret(
                address.secretId(),
                new SecretStore(address.region(), new AwsIdentity(RotatingSecrets.IDENTITY), address.strict(), null),
                new SecretErrors(address.secretId(), address.region()),
                RefreshClock.SYSTEM);
    }
}
