package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsProviderFactory;
import dev.wellhead.credentials.CredentialsRequest;
import dev.wellhead.credentials.VaultFactory;
import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Words of {@code auth} that a module on the class path declares, and what core derives from the declaration. */
@Timeout(120)
class AuthenticationWordTest {

    private static final String STRICT = "ENVIRONMENT=production DB_HOST=db DB_NAME=app ";

    @TempDir
    private Path directory;

    @Test
    void open_wordOfAModule_logsInWithItsUserAndPassword() throws Exception {
        PostgresServer server = PostgresServer.shared();
        TestDatabase app = TestDatabase.on(server, "password-0");
        VaultFactory.store(app.role(), "password-0");
        Map<String, String> environment = app.environment("DB_AUTH", "vault", "DB_MAXIMUM_POOL_SIZE", "1");
        environment.remove("DB_USER");

        try (Database database = withVault(() -> Databases.open(Databases.resolve(environment)))) {
            assertThat(user(database)).isEqualTo(app.role());
            assertThat(database.settings().credentialsSource()).isInstanceOf(CredentialsSource.Provided.class);

            app.setPassword("password-1");
            VaultFactory.store(app.role(), "password-1");
            assertThat(database.refreshCredentials()).isTrue();
            assertThat(user(database)).isEqualTo(app.role());
            try (Connection reader = database.reader().getConnection()) {
                assertThat(TestDatabase.answer(reader, "select current_user")).isEqualTo(app.role());
            }
        }
    }

    @Test
    void open_passwordOfAModuleThatIsRefused_isExplained() throws Exception {
        PostgresServer server = PostgresServer.shared();
        TestDatabase app = TestDatabase.on(server, "password-0");
        VaultFactory.store(app.role(), "other");
        Map<String, String> environment =
                app.environment("DB_AUTH", "vault", "DB_CONNECTION_TIMEOUT", "5s", "DB_MAXIMUM_POOL_SIZE", "1");

        ConnectionFailedException refused = catchThrowableOfType(
                ConnectionFailedException.class, () -> withVault(() -> Databases.open(Databases.resolve(environment))));

        assertThat(refused.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        assertThat(refused.getMessage()).contains("a vault of a test");
    }

    @Test
    void resolve_namedDatabase_readsItsOwnWord() throws Exception {
        DatabaseSettings ledger = withVault(() -> Databases.resolve(
                "ledger", Map.of("LEDGER_DB_AUTH", "vault", "LEDGER_DB_HOST", "db", "DB_AUTH", "none")));

        assertThat(ledger.authentication().word()).isEqualTo("vault");
        assertThat(ledger.find(Settings.PASSWORD)).isEmpty();
        assertThat(ledger.user()).isEmpty();
    }

    static Stream<Arguments> requirements() {
        return Stream.of(
                arguments(STRICT + "DB_AUTH=vault", "require", "scram-sha-256"),
                arguments("DB_AUTH=vault", "disable", null),
                arguments("DB_AUTH=vault-tls", "require", null),
                arguments("DB_AUTH=vault-tls DB_SSLMODE=verify-ca DB_SSLROOTCERT=/ca.pem", "verify-ca", null),
                arguments(STRICT + "DB_AUTH=vault DB_SSLROOTCERT=/ca.pem", "verify-full", null));
    }

    @ParameterizedTest
    @MethodSource("requirements")
    void resolve_declaredRequirements_decideTlsAndLoginMethods(String variables, String mode, String methods)
            throws Exception {
        DatabaseSettings settings = withVault(() -> Resolve.settings(variables));

        assertThat(settings.sslMode().value()).isEqualTo(mode);
        assertThat(settings.find(Settings.REQUIRE_AUTH).orElse(null)).isEqualTo(methods);
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                arguments(
                        "DB_AUTH=iam DB_USER=app",
                        List.of(
                                "DB_AUTH is 'iam', which needs the module wellhead-aws, but that is not on the class path.",
                                "From: environment variable DB_AUTH",
                                "Add the module dev.wellhead:wellhead-aws to the class path.")),
                arguments(
                        STRICT + "DB_AUTH=vautl DB_USER=app",
                        List.of(
                                "DB_AUTH is 'vautl', which is not a way to log in that is available.",
                                "From: environment variable DB_AUTH",
                                "Did you mean 'vault'?",
                                "Use one of: password, certificate, none, vault, vault-tls. For another word, add the"
                                        + " module that declares it.")),
                arguments(
                        "DB_AUTH=IAM",
                        List.of(
                                "DB_AUTH is 'IAM', which is not a way to log in that is available.",
                                "From: environment variable DB_AUTH",
                                "Did you mean 'iam'?",
                                "Use one of: password, certificate, none, vault, vault-tls. For another word, add the"
                                        + " module that declares it.")),
                arguments(
                        "DB_AUTH=vault DB_PASSWORD=pw",
                        List.of(
                                "DB_PASSWORD and DB_AUTH contradict each other: 'vault' uses only a password from the"
                                        + " vault.",
                                "From: environment variable DB_PASSWORD; environment variable DB_AUTH",
                                "Keep one of them and unset the other.")),
                arguments(
                        "DB_AUTH=vault-tls DB_SSLMODE=prefer",
                        List.of(
                                "DB_AUTH is 'vault-tls' and requires TLS, which SSL mode 'prefer' does not guarantee.",
                                "From: environment variable DB_AUTH; environment variable DB_SSLMODE",
                                "Set DB_SSLMODE to require, verify-ca or verify-full.")));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void resolve_wordThatCannotBeUsed_isTheOnlyProblem(String variables, List<String> lines) throws Exception {
        assertThat(withVault(() -> Resolve.problem(variables))).isEqualTo(lines);
    }

    @Test
    void resolve_wordOfTwoModules_namesBoth() throws Exception {
        ServicesOnClassPath twice = ServicesOnClassPath.in(
                directory, CredentialsProviderFactory.class, VaultFactory.class, OtherVault.class);

        assertThat(twice.call(() -> Resolve.problem("DB_AUTH=vault")))
                .containsExactly(
                        "DB_AUTH is 'vault', which 2 modules on the class path declare: a vault of a test, another vault.",
                        "From: environment variable DB_AUTH",
                        "Keep one of them.");
    }

    @Test
    void resolve_withoutTheModule_isAConfigurationException() throws Exception {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> Databases.resolve(Map.of("DB_AUTH", "vault")));

        assertThat(refused.problems()).hasSize(1);
    }

    private <T> T withVault(Callable<T> action) throws Exception {
        return ServicesOnClassPath.in(directory, CredentialsProviderFactory.class, VaultFactory.class)
                .call(action);
    }

    private static String user(Database database) throws Exception {
        try (Connection connection = database.getConnection()) {
            return TestDatabase.answer(connection, "select current_user");
        }
    }

    /** Declares a word that another module declares, too. */
    public static final class OtherVault implements CredentialsProviderFactory {

        private final CredentialsProviderFactory vault = new VaultFactory();

        @Override
        public String description() {
            return "another vault";
        }

        @Override
        public List<Authentication> authentications() {
            return vault.authentications();
        }

        @Override
        public Optional<CredentialsProvider> create(CredentialsRequest request) {
            return Optional.empty();
        }
    }
}
