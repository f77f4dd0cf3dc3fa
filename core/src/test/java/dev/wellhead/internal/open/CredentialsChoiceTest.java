package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Databases;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsProviderFactory;
import dev.wellhead.credentials.CredentialsRequest;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CredentialsChoiceTest {

    private static final LoginTarget TARGET = new LoginTarget("localhost", 5432);
    private static final DatabaseSettings SECRET =
            Databases.resolve("ledger", Map.of("LEDGER_DB_SECRET_ID", "prod/ledger"));

    @Test
    void provider_password_isFixed() throws CredentialsException {
        CredentialsProvider provider =
                CredentialsChoice.of(Databases.resolve(Map.of("DB_USER", "app", "DB_PASSWORD", "s3cret")));

        assertThat(provider.canChange()).isFalse();
        Credentials only =
                provider.current(TARGET, Duration.ofSeconds(5)).candidates().get(0);
        assertThat(only.user()).isEqualTo("app");
        assertThat(only.password()).isEqualTo("s3cret");
    }

    @Test
    void provider_passwordFile_isFollowed(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "s3cret\n");

        CredentialsProvider provider =
                CredentialsChoice.of(Databases.resolve(Map.of("DB_PASSWORD_FILE", file.toString())));

        assertThat(provider.canChange()).isTrue();
        assertThat(provider.current(TARGET, Duration.ofSeconds(5))
                        .candidates()
                        .get(0)
                        .password())
                .isEqualTo("s3cret");
    }

    @Test
    void provider_secretWithoutModule_namesIt() {
        assertThatThrownBy(() -> new CredentialsChoice(SECRET, List.of(new Factory("other", false))).provider())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(lines(
                        "Cannot open the database: LEDGER_DB_SECRET_ID is set, but nothing on the class path reads secrets.",
                        "  From: environment variable LEDGER_DB_SECRET_ID",
                        "  Add the module dev.wellhead:wellhead-aws to the class path."));
    }

    @Test
    void provider_iamWithoutModule_namesIt() {
        DatabaseSettings iam =
                Databases.resolve(Map.of("DB_AUTH", "iam", "DB_USER", "app", "DB_SSLROOTCERT", "/ca.pem"));

        assertThatThrownBy(() -> new CredentialsChoice(iam, List.of()).provider())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("DB_AUTH is set, but nothing on the class path creates authentication tokens.");
    }

    @Test
    void provider_oneFactoryForTheSecret_isUsed() {
        Factory factory = new Factory("AWS Secrets Manager (wellhead-aws)", true);

        CredentialsProvider provider =
                new CredentialsChoice(SECRET, List.of(new Factory("other", false), factory)).provider();

        assertThat(provider).isSameAs(factory.provider);
        assertThat(factory.asked).isEqualTo("ledger prod/ledger LEDGER_DB_SECRET_ID");
    }

    @Test
    void provider_twoFactoriesForTheSecret_namesBothAndClosesTheirProviders() {
        Factory one = new Factory("AWS Secrets Manager (wellhead-aws)", true);
        Factory two = new Factory("a vault (acme-vault)", true);

        assertThatThrownBy(() -> new CredentialsChoice(SECRET, List.of(one, two)).provider())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(lines(
                        "Cannot open the database: LEDGER_DB_SECRET_ID is supported by 2 modules on the class path: AWS Secrets Manager"
                                + " (wellhead-aws), a vault (acme-vault).",
                        "  From: environment variable LEDGER_DB_SECRET_ID",
                        "  Keep one of them, or choose the provider with DatabaseBuilder.credentials."));
        assertThat(one.provider.closed).isTrue();
        assertThat(two.provider.closed).isTrue();
    }

    @Test
    void provider_factoryThatCannotSupply_reportsTheReasonAndKeepsTheCause() {
        CredentialsProviderFactory failing = new CredentialsProviderFactory() {
            @Override
            public String description() {
                return "AWS Secrets Manager (wellhead-aws)";
            }

            @Override
            public Optional<CredentialsProvider> create(CredentialsRequest request) throws CredentialsException {
                throw new CredentialsException("There is no region. Set AWS_REGION.");
            }
        };

        assertThatThrownBy(() -> new CredentialsChoice(SECRET, List.of(failing)).provider())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("There is no region. Set" + " AWS_REGION.")
                .hasCauseInstanceOf(CredentialsException.class);
    }

    static Stream<Exception> faults() {
        return Stream.of(new CredentialsException("There is no region."), new IllegalStateException("broken"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void provider_factoryThatFails_closesTheProvidersOfOthers(Exception fault) {
        Factory one = new Factory("AWS Secrets Manager (wellhead-aws)", true);
        CredentialsProviderFactory failing = new CredentialsProviderFactory() {
            @Override
            public String description() {
                return "a vault (acme-vault)";
            }

            @Override
            public Optional<CredentialsProvider> create(CredentialsRequest request) throws CredentialsException {
                if (fault instanceof CredentialsException told) {
                    throw told;
                }
                throw (RuntimeException) fault;
            }
        };

        assertThatThrownBy(() -> new CredentialsChoice(SECRET, List.of(one, failing)).provider())
                .satisfiesAnyOf(thrown -> assertThat(thrown).isSameAs(fault), thrown -> assertThat(thrown)
                        .hasCause(fault));
        assertThat(one.provider.closed).isTrue();
    }

    @Test
    void provider_suppliedWithoutProvider_isRefused() {
        DatabaseSettings supplied = Databases.builder()
                .environment(Map.of())
                .credentials(CredentialsProvider.fixed("app", "s3cret"))
                .resolve();

        assertThatThrownBy(() -> CredentialsChoice.of(supplied))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "These settings were resolved for a credentials provider of the builder, but the builder has none.");
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines);
    }

    private static final class Factory implements CredentialsProviderFactory {

        private final String description;
        private final boolean serves;
        private final Remembering provider = new Remembering();
        private String asked = "";

        Factory(String description, boolean serves) {
            this.description = description;
            this.serves = serves;
        }

        @Override
        public String description() {
            return description;
        }

        @Override
        public Optional<CredentialsProvider> create(CredentialsRequest request) {
            asked = request.name() + " " + request.setting("secretId").orElse("none") + " "
                    + request.variable("secretId");
            return serves ? Optional.of(provider) : Optional.empty();
        }
    }

    private static final class Remembering implements CredentialsProvider {

        private boolean closed;

        @Override
        public String description() {
            return "a test";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) {
            return CredentialsSet.of(1, List.of(Credentials.of("app", "s3cret", "only")));
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            return refused;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
