package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of Redis come from every source by the rules of databases. */
class RedisResolveTest {

    private static final String FROM = System.lineSeparator() + "  ";

    @TempDir
    private Path directory;

    static Map<String, String> environment(String... pairs) {
        Map<String, String> variables = new HashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            variables.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return variables;
    }

    private static RedisSettings resolve(String... variables) {
        return Redis.resolve(environment(variables));
    }

    private static ConfigurationException failure(String... variables) {
        return catchThrowableOfType(ConfigurationException.class, () -> resolve(variables));
    }

    private static String value(RedisSettings settings, String name) {
        return settings.explain(name).map(ResolvedSetting::value).orElse("");
    }

    private static String origin(RedisSettings settings, String name) {
        return settings.explain(name).map(found -> found.origin().description()).orElse("");
    }

    @Test
    void local_withoutVariables_isLoopbackWithoutTlsAndPassword() {
        RedisSettings settings = resolve();

        assertThat(settings.server()).contains(new HostAndPort("127.0.0.1", 6379));
        assertThat(settings.database()).isZero();
        assertThat(settings.user()).isEmpty();
        assertThat(settings.sslMode()).isEqualTo(SslMode.DISABLE);
        assertThat(settings.credentialsSource()).isInstanceOf(CredentialsSource.NoPassword.class);
        assertThat(value(settings, "auth")).isEqualTo("none");
        assertThat(origin(settings, "auth")).isEqualTo("default for environment 'local'");
        assertThat(settings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rediss", "valkeys"})
    void url_withTls_hasEveryPart(String scheme) {
        RedisSettings settings =
                resolve("REDIS_URL=" + scheme + "://app:p%40ss@cache.internal:6380/2?timeout=3s&clientName=orders");

        assertThat(settings.server()).contains(new HostAndPort("cache.internal", 6380));
        assertThat(settings.database()).isEqualTo(2);
        assertThat(settings.credentialsSource()).isEqualTo(new CredentialsSource.Fixed("app", Sensitive.of("p@ss")));
        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(settings.trustAnchors()).contains(TrustAnchors.ofSystem());
        assertThat(settings.commandTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.clientName()).isEqualTo("orders");
        assertThat(origin(settings, "sslmode")).isEqualTo("scheme in environment variable REDIS_URL");
        assertThat(settings.toString() + settings.describe())
                .doesNotContain("p@ss")
                .doesNotContain("p%40ss");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "valkey"})
    void url_withoutTls_isPlainText(String scheme) {
        RedisSettings settings = resolve("REDIS_URL=" + scheme + "://:secret@cache.internal", "ENVIRONMENT=test");

        assertThat(settings.sslMode()).isEqualTo(SslMode.DISABLE);
        assertThat(settings.credentialsSource()).isEqualTo(new CredentialsSource.Fixed("", Sensitive.of("secret")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://cache.internal,is not the URL of a Redis server.",
        "redis://s3cret@cache.internal,'has one word before the ''@'', which is a password for some clients and a user for"
                + " others.'",
        "redis://:s3cret@cache.internal/0?dbb=1,'has an unknown parameter, at character 34.'",
        "redis://:s3cret@cache.internal?db=1&db=2,has db more than once.",
        "redis://:s3cret@cache.internal?db=1&database=2,'has both db and database, which are the same setting.'",
        "redis://:s3cret@cache.internal:port,'has a port that is not a number, at character 32.'",
    })
    void url_thatIsMalformed_isAnErrorThatShowsNoPart(String url, String predicate) {
        ConfigurationException failure = failure("REDIS_URL=" + url);

        assertThat(failure.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_URL);
            assertThat(problem.message()).isEqualTo("REDIS_URL " + predicate);
        });
        assertThat(failure.getMessage() + failure.settings()).doesNotContain("s3cret");
    }

    @Test
    void named_client_readsOnlyItsOwnVariables() {
        RedisSettings settings = Redis.resolve(
                "sessions-eu", environment("SESSIONS_EU_REDIS_HOST=sessions.internal", "REDIS_PORT=7000"));

        assertThat(settings.server()).contains(new HostAndPort("sessions.internal", 6379));
        assertThat(settings.variable("commandTimeout")).isEqualTo("SESSIONS_EU_REDIS_COMMAND_TIMEOUT");
        assertThat(Redis.resolve("sessions", environment("SESSIONS_REDIS_URL=redis://:x@cache.internal"))
                        .server())
                .contains(new HostAndPort("cache.internal", 6379));
    }

    @Test
    void named_clientWithAMisspeltName_isAnError() {
        ConfigurationException failure = catchThrowableOfType(
                ConfigurationException.class,
                () -> Redis.resolve("sessions", environment("SESIONS_REDIS_HOST=cache.internal")));

        assertThat(failure)
                .hasMessage(
                        "Cannot open Redis: Nothing is set for Redis server 'sessions', but SESIONS_REDIS_HOST is set."
                                + FROM + "From: environment variable SESIONS_REDIS_HOST" + FROM
                                + "Did you mean SESSIONS_REDIS_HOST?" + FROM
                                + "If SESIONS_REDIS_HOST belongs to another Redis server, also set SESSIONS_REDIS_HOST.");
    }

    @Test
    void variables_ofTheUnnamedClient_areNearMissesOfANamedOne() {
        assertThat(Redis.resolve("sessions", environment("REDIS_HOST=cache.internal"))
                        .warnings())
                .isEmpty();
        ConfigurationException failure = catchThrowableOfType(
                ConfigurationException.class,
                () -> Redis.resolve("sessions", environment("REDIS_HOST=cache.internal", "ENVIRONMENT=production")));
        assertThat(failure)
                .hasMessageContaining(
                        "REDIS_HOST is set, but it belongs to the unnamed Redis server. Did you mean SESSIONS_REDIS_HOST?");
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS_HOSTNAME, Set REDIS_HOST.",
        "REDIS_PASWORD, Did you mean REDIS_PASSWORD?",
        "REDIS_DB, Set REDIS_DATABASE.",
        "REDIS_TIMEOUT, Set REDIS_COMMAND_TIMEOUT.",
        "REDIS_USERNAME, Set REDIS_USER.",
        "REDIS_TLS, 'Set REDIS_SSLMODE: verify-full or require for TLS, disable for none.'",
        "REDIS_PASS_FILE, Set REDIS_PASSWORD_FILE.",
        "REDIS_POOLER, 'Remove it, or rename it if another program reads it: names that start with REDIS_ are reserved for"
                + " this Redis server.'",
    })
    void variable_thatIsUnknown_isAnErrorWithTheOneThatWasMeant(String variable, String fix) {
        assertThat(failure(variable + "=x").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(variable + " is not a setting.");
            assertThat(problem.fixes()).containsExactly(fix);
        });
    }

    @Test
    void variables_ofOtherProgramsAndOfKubernetes_areNoErrors() {
        RedisSettings settings = resolve(
                "REDIS_SERVICE_HOST=10.0.0.1",
                "REDIS_PORT_6379_TCP_ADDR=10.0.0.1",
                "VALKEY_HOST=cache.internal",
                "REDISPORT=7000");

        assertThat(settings.server()).contains(new HostAndPort("127.0.0.1", 6379));
        assertThat(settings.warnings())
                .containsExactly(
                        "REDISPORT and VALKEY_HOST are set, but nothing reads them. Did you mean REDIS_PORT and"
                                + " REDIS_HOST?");
    }

    @Test
    void port_ofAKubernetesService_isExplained() {
        assertThat(failure("REDIS_PORT=tcp://10.0.0.1:6379").problems())
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo("REDIS_PORT is the address of a Kubernetes service, which is not a port.");
    }

    @Test
    void strict_withoutVariables_hasNoDefaults() {
        assertThat(failure("ENVIRONMENT=production").problems())
                .extracting(Problem::message)
                .containsExactly(
                        "There is no host: REDIS_HOST is not set.", "There is no password: REDIS_PASSWORD is not set.");
    }

    @Test
    void password_fromTwoSources_isAnError() {
        assertThat(failure("REDIS_PASSWORD=x", "REDIS_SECRET_ID=prod/cache").problems())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.SEVERAL_PASSWORD_SOURCES);
    }

    @Test
    void user_withoutAPassword_isAnErrorInEveryEnvironment() {
        assertThat(failure("REDIS_USER=app").problems())
                .extracting(Problem::message)
                .containsExactly("There is no password for user 'app': REDIS_PASSWORD is not set.");
    }

    @Test
    void secret_withoutAHost_isCompletedWhenItIsRead() {
        RedisSettings settings = resolve("ENVIRONMENT=production", "REDIS_SECRET_ID=prod/cache");

        assertThat(settings.server()).isEmpty();
        assertThat(settings.credentialsSource()).isEqualTo(new CredentialsSource.Secret("prod/cache", null));
    }

    @Test
    void files_ofValues_areRead() throws IOException {
        Path url = Files.writeString(directory.resolve("url"), "rediss://app:x@cache.internal:6380\n");
        Path user = Files.writeString(directory.resolve("user"), "app\n");
        Path password = Files.writeString(directory.resolve("password"), "secret\n");

        assertThat(resolve("REDIS_URL_FILE=" + url).server()).contains(new HostAndPort("cache.internal", 6380));
        assertThat(resolve("REDIS_USER_FILE=" + user, "REDIS_PASSWORD_FILE=" + password)
                        .credentialsSource())
                .isEqualTo(new CredentialsSource.PasswordFile("app", password, user));
    }

    @Test
    void clientName_fromAServiceWithBlanks_isOneThatRedisAccepts() {
        RedisSettings settings = resolve("OTEL_SERVICE_NAME=Ledger API (ü)", "HOSTNAME=pod-1");

        assertThat(settings.clientName()).isEqualTo("Ledger-API----@pod-1");
        assertThat(origin(settings, "clientName")).isEqualTo("from OTEL_SERVICE_NAME and the host name");
    }

    @Test
    void iam_needsAModuleAUserAndTheNameOfTheCache() {
        assertThat(failure("REDIS_AUTH=iam", "REDIS_HOST=cache.internal").problems())
                .extracting(Problem::message)
                .containsExactly(
                        "There is no user: REDIS_USER is not set.",
                        "REDIS_AUTH is 'iam', but REDIS_CACHE_NAME is not set.");
        assertThat(resolve("REDIS_AUTH=iam", "REDIS_HOST=cache.internal", "REDIS_USER=app", "REDIS_CACHE_NAME=cache")
                        .sslMode())
                .isEqualTo(SslMode.VERIFY_FULL);
    }

    @Test
    void auth_certificate_isNotAWordOfRedis() {
        assertThat(failure("REDIS_AUTH=certificate").problems())
                .extracting(Problem::message)
                .containsExactly("REDIS_AUTH is 'certificate', which is not a way to log in that is available.");
    }

    @Test
    void problems_ofSeveralValues_areReportedTogether() {
        assertThat(failure("REDIS_HOST=a,b", "REDIS_CLIENT_NAME=a b", "REDIS_DATABASE=x", "REDIS_COMMAND_TIMEOUT=5")
                        .problems())
                .extracting(Problem::message)
                .containsExactly(
                        "REDIS_DATABASE is 'x', which is not a whole number in plain digits.",
                        "REDIS_COMMAND_TIMEOUT is '5', which is a number without a unit.",
                        "REDIS_HOST lists several hosts, but only one is supported.",
                        "REDIS_CLIENT_NAME is 'a b', which is not a name that Redis accepts.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDIS_USER", "REDIS_SECRET_ID", "REDIS_SSLROOTCERT", "REDIS_CLIENT_NAME"})
    void name_thatIsAUrl_isAnErrorThatShowsNoPart(String variable) {
        ConfigurationException failure = failure(
                variable + "=redis://app:hunter2@cache.internal", "REDIS_PASSWORD=x", "REDIS_HOST=cache.internal");

        assertThat(failure.getMessage() + failure.settings())
                .contains(variable + " contains a URL or a connection string.")
                .contains("Set the URL of a Redis server as REDIS_URL, and only the ")
                .doesNotContain("hunter2");
    }

    @Test
    void passwordFile_thatIsThePassword_isAnErrorThatDoesNotShowIt() {
        assertThat(failure("REDIS_PASSWORD_FILE=hunter2"))
                .hasMessage(
                        "Cannot open Redis: REDIS_PASSWORD_FILE is a relative name that is no existing file, and may be"
                                + " the password itself, so it is not shown." + FROM
                                + "From: environment variable REDIS_PASSWORD_FILE" + FROM
                                + "Write the absolute path of the file." + FROM
                                + "If the value is the password itself, it belongs in the setting password (REDIS_PASSWORD).");
    }

    @Test
    void password_thatIsAPath_isAWarningThatNamesTheVariable() {
        assertThat(resolve("REDIS_PASSWORD=/run/secrets/password", "REDIS_HOST=127.0.0.1")
                        .warnings())
                .containsExactly(
                        "The value of REDIS_PASSWORD is the path of a file, and is sent as it is. Set the path as"
                                + " passwordFile (REDIS_PASSWORD_FILE).");
    }

    @Test
    void secretId_thatIsTheSecret_isNamedAsSuch() {
        assertThat(failure("REDIS_SECRET_ID={\"password\":\"hunter2\"}"))
                .hasMessageContaining("REDIS_SECRET_ID is the secret itself, not its name.")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("DB_");
    }

    @Test
    void host_thatIsAUrl_isAnErrorThatNamesTheVariableOfTheUrl() {
        assertThat(failure("REDIS_HOST=redis://cache.internal").problems())
                .singleElement()
                .extracting(Problem::fixes, org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactly("Set the URL as REDIS_URL.");
    }

    @Test
    void configurationFile_block_isReadWithItsLines() throws IOException {
        Path file = Files.writeString(
                directory.resolve("application.conf"),
                "wellhead.redis.default {\n  host = cache.internal\n  commandTimeout = 2s\n  clientNam = x\n}\n");
        Map<String, String> properties = Map.of("config.file", file.toString());

        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> Sources.resolve(Map.of(), properties));

        assertThat(failure.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("wellhead.redis.default.clientNam is not a setting.");
            assertThat(problem.fixes()).containsExactly("Did you mean wellhead.redis.default.clientName?");
        });
        Files.writeString(file, "wellhead { redis.default.host = cache.internal, databases.default.host = db }\n");
        assertThat(Sources.resolve(Map.of(), properties).server()).contains(new HostAndPort("cache.internal", 6379));
    }

    @Test
    void systemProperty_overridesTheEnvironment() {
        RedisSettings settings = Sources.resolve(
                Map.of("REDIS_HOST", "weaker.internal"), Map.of("wellhead.redis.default.host", "cache.internal"));

        ResolvedSetting host = settings.explain("host").orElseThrow();
        assertThat(host.origin()).isEqualTo(new Origin.SystemProperty("wellhead.redis.default.host"));
        assertThat(host.shadowed())
                .extracting(ResolvedSetting.Shadowed::value)
                .containsExactly("weaker.internal", "127.0.0.1");
    }

    @Test
    void settings_fromEqualSources_areEqual() {
        assertThat(resolve("REDIS_HOST=a"))
                .isEqualTo(resolve("REDIS_HOST=a"))
                .hasSameHashCodeAs(resolve("REDIS_HOST=a"));
        assertThat(resolve("REDIS_HOST=a")).isNotEqualTo(resolve("REDIS_HOST=b"));
    }
}
