package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaintextHostsTest {

    private static final String STRICT = "ENVIRONMENT=production DB_NAME=app DB_USER=app DB_PASSWORD=pw ";
    private static final String USE =
            "Use one of: require, verify-ca, verify-full; disable is allowed for servers on loopback.";
    private static final String RISK = " Anyone on the network path can read and change the traffic.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DB_HOST=db.internal DB_SSLMODE=disable                                  | disable
            DB_HOST=db.internal DB_SSLMODE=allow                                    | allow
            DB_HOST=DB.Internal DB_SSLMODE=prefer                                   | prefer
            DB_HOST=10.0.0.7 DB_SSLMODE=disable                                     | disable
            DB_HOST=db.internal DB_READER_HOST=10.0.0.7 DB_SSLMODE=disable          | disable
            DB_HOST=db.internal,localhost DB_SSLMODE=disable                        | disable
            DATABASE_URL=postgresql://db.internal/app?sslmode=disable               | disable
            DATABASE_URL=jdbc:postgresql://db.internal/app?sslmode=prefer           | prefer
            PGHOST=db.internal PGSSLMODE=disable                                    | disable
            """)
    void strict_listedHost_mayBeReachedWithoutTls(String variables, String mode) {
        DatabaseSettings settings = Resolve.settings(STRICT + variables + " DB_PLAINTEXT_HOSTS=db.internal,10.0.0.7");

        assertThat(settings.sslMode().value()).isEqualTo(mode);
        assertThat(settings.warnings()).anyMatch(warning -> warning.endsWith(RISK));
    }

    @Test
    void strict_listedHost_causesAWarningThatNamesBothSettings() {
        String both = STRICT + "DB_PLAINTEXT_HOSTS=db.internal DATABASE_URL=postgresql://db.internal/app?sslmode=";

        assertThat(Resolve.settings(both + "disable").warnings())
                .containsExactly(
                        "The connection to db.internal is not encrypted: sslmode in DATABASE_URL is 'disable', and"
                                + " DB_PLAINTEXT_HOSTS permits it for this host." + RISK);
        assertThat(Resolve.settings(both + "prefer").warnings())
                .containsExactly(
                        "The connection to db.internal may be unencrypted: sslmode in DATABASE_URL is 'prefer',"
                                + " and DB_PLAINTEXT_HOSTS permits it for this host." + RISK);
    }

    @Test
    void strict_listedHostWithoutAMode_isEncryptedAsBefore() {
        DatabaseSettings settings = Resolve.settings(STRICT + "DB_HOST=db.internal DB_PLAINTEXT_HOSTS=db.internal");

        assertThat(settings.sslMode()).isEqualTo(SslMode.REQUIRE);
        assertThat(settings.warnings()).noneMatch(warning -> warning.endsWith(RISK));
    }

    @Test
    void strict_listedHost_keepsTheOtherRules() {
        String open = STRICT + "DB_HOST=db.internal DB_SSLMODE=disable DB_PLAINTEXT_HOSTS=db.internal";

        assertThat(Resolve.settings(open).find(Settings.REQUIRE_AUTH)).contains("scram-sha-256");
        assertThat(Resolve.problem(open.replace("DB_PASSWORD=pw ", "") + " DB_AUTH=iam"))
                .startsWith(
                        "DB_AUTH is 'iam' and requires a verified server, which SSL mode 'disable' does not guarantee.");
        assertThat(Resolve.problem(open.replace("DB_PASSWORD=pw ", "")))
                .startsWith("There is no password for user 'app': DB_PASSWORD is not set.");
    }

    @Test
    void strict_hostThatIsNotListed_isRefusedWithTheFix() {
        assertThat(Resolve.problem(STRICT + "DB_HOST=db.internal DB_SSLMODE=disable"))
                .containsExactly(
                        "DB_SSLMODE is 'disable', which is weaker than environment 'production' allows.",
                        "From: environment variable DB_SSLMODE",
                        USE,
                        "If you vouch for the network between this program and the server, add db.internal to"
                                + " DB_PLAINTEXT_HOSTS.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DB_HOST=db.internal,other.internal                  | other.internal
            DB_HOST=db.internal DB_READER_HOST=other.internal   | other.internal
            DB_HOST=x.db.internal                               | x.db.internal
            DB_HOST=db.internal.example                         | db.internal.example
            DB_HOST=other.internal,third                        | other.internal, third
            """)
    void strict_listWithAnotherHost_isRefusedForThatHost(String variables, String refused) {
        assertThat(Resolve.problem(STRICT + variables + " DB_SSLMODE=disable DB_PLAINTEXT_HOSTS=db.internal"))
                .containsExactly(
                        "DB_SSLMODE is 'disable', which is weaker than environment 'production' allows for " + refused
                                + ".",
                        "From: environment variable DB_SSLMODE",
                        USE,
                        "If you vouch for the network between this program and the server, add " + refused
                                + " to DB_PLAINTEXT_HOSTS.");
    }

    @Test
    void strict_hostOfAUrlThatIsNotListed_isNotShown() {
        assertThat(Resolve.problem(STRICT + "DATABASE_URL=postgresql://db.internal/app?sslmode=disable"))
                .containsExactly(
                        "sslmode in DATABASE_URL is weaker than environment 'production' allows.",
                        "From: sslmode in environment variable DATABASE_URL",
                        USE,
                        "If you vouch for the network between this program and the server, add the host in DATABASE_URL to"
                                + " DB_PLAINTEXT_HOSTS.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            *              | DB_PLAINTEXT_HOSTS contains '*', which is a pattern. There is no setting that permits every host.
            *.internal     | DB_PLAINTEXT_HOSTS contains '*.internal', which is a pattern. There is no setting that permits every host.
            .internal      | DB_PLAINTEXT_HOSTS contains '.internal', which is a pattern. There is no setting that permits every host.
            db,10.0.0.0/8  | DB_PLAINTEXT_HOSTS contains '10.0.0.0/8', which is a range of addresses, not a host.
            db:5432        | DB_PLAINTEXT_HOSTS contains 'db:5432', which has a port.
            /tmp           | DB_PLAINTEXT_HOSTS contains '/tmp', which is a Unix socket directory. Only TCP hosts are supported.
            """)
    void item_thatIsNotOneHost_isRefusedInEveryEnvironment(String hosts, String message) {
        assertThat(Resolve.problem("DB_PLAINTEXT_HOSTS=" + hosts)).startsWith(message);
        assertThat(Resolve.problem(STRICT + "DB_HOST=db DB_PLAINTEXT_HOSTS=" + hosts))
                .startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app:s3cr3t", "postgresql://app:s3cr3t@db/app"})
    void item_thatMayBeALogin_isNotShown(String hosts) {
        assertThat(Resolve.problems("DB_PLAINTEXT_HOSTS=" + hosts).toString())
                .contains("DB_PLAINTEXT_HOSTS")
                .doesNotContain("s3cr3t");
    }

    @Test
    void namedDatabase_readsOnlyItsOwnList() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "ENVIRONMENT", "production",
                "LEDGER_DATABASE_URL", "postgresql://u:p@db.internal/app?sslmode=disable",
                "DB_PLAINTEXT_HOSTS", "db.internal"));

        assertThat(Resolve.problems(SettingsRequest.of("ledger", environment)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.fixes())
                        .anyMatch(fix ->
                                fix.endsWith("add the host in LEDGER_DATABASE_URL to LEDGER_DB_PLAINTEXT_HOSTS.")));

        environment.put("LEDGER_DB_PLAINTEXT_HOSTS", "db.internal");
        assertThat(Resolve.settings(SettingsRequest.of("ledger", environment)).sslMode())
                .isEqualTo(SslMode.DISABLE);
    }

    @Test
    void hostOfASecret_isPermittedOnlyIfItIsListed() {
        DatabaseSettings open = Resolve.settings(
                "ENVIRONMENT=production DB_SECRET_ID=s DB_SSLMODE=prefer DB_PLAINTEXT_HOSTS=db.internal");

        assertThat(completed(open, "db.internal").sslMode()).isEqualTo(SslMode.PREFER);
        assertThat(completed(open, "db.internal").warnings()).anyMatch(warning -> warning.endsWith(RISK));
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> completed(open, "elsewhere.example"));
        assertThat(Resolve.lines(List.copyOf(refused.problems())))
                .startsWith("DB_SSLMODE is 'prefer', which is weaker than environment 'production' allows for"
                        + " elsewhere.example.");
    }

    private static DatabaseSettings completed(DatabaseSettings settings, String host) {
        return SettingsCompletion.complete(settings, new ServerLocation(host, 5432, "app", null), "secret 's'");
    }

    @Test
    void strict_withoutAHost_isRefusedWithoutNamingOne() {
        assertThat(Resolve.problems(STRICT + "DB_SSLMODE=prefer DB_PLAINTEXT_HOSTS=db.internal"))
                .extracting(Problem::message)
                .contains("DB_SSLMODE is 'prefer', which is weaker than environment 'production' allows.");
    }

    @Test
    void strict_hostOfAUrlInAFile_isNotShown(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("url"), "postgresql://db.internal/app?sslmode=disable");

        assertThat(Resolve.problems(STRICT + "DATABASE_URL_FILE=" + file).toString())
                .contains("weaker than environment 'production' allows")
                .doesNotContain("db.internal");
    }

    @Test
    void lenientEnvironment_needsNoList() {
        assertThat(Resolve.settings(
                                "ENVIRONMENT=local DB_HOST=db DB_PASSWORD=x DB_SSLMODE=disable DB_PLAINTEXT_HOSTS=other")
                        .warnings())
                .isEmpty();
    }
}
