package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.LogCapture;
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
import org.slf4j.event.Level;

/** The log line of a database that has opened. */
class StartLineTest {

    /** A line of this length is shown whole by the usual log viewers. */
    private static final int LONGEST_USUAL = 200;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            '' | default: postgres@localhost:5432/monorepo_dev, sslmode=disable, default password, pool 10, connectionTimeout 30s (defaults of environment 'local')
            DB_HOST=127.0.0.1 DB_MAXIMUM_POOL_SIZE=7 DB_SSLMODE=disable DB_PASSWORD=correct-horse | default: postgres@127.0.0.1:5432/monorepo_dev, sslmode=disable, password from DB_PASSWORD, pool 7, connectionTimeout 30s (DB_HOST, DB_PASSWORD, DB_SSLMODE, DB_MAXIMUM_POOL_SIZE)
            DATABASE_URL=postgresql://app:correct-horse@db.internal/shop?sslmode=require DB_CONNECTION_TIMEOUT=5s | default: app@db.internal:5432/shop, sslmode=require, password from DATABASE_URL, pool 10, connectionTimeout 5s (DATABASE_URL, DB_CONNECTION_TIMEOUT)
            DATABASE_URL=postgresql://app@db-1,db-2/shop DB_PASSWORD_FILE=/run/secrets/db DB_READER_HOST=db-3 | default: app@db-1:5432,db-2:5432/shop, sslmode=prefer, password from /run/secrets/db, reader db-3:5432, pool 10, connectionTimeout 30s (DATABASE_URL, DB_PASSWORD_FILE, DB_READER_HOST)
            DB_HOST=a,b,c,d,e DB_NAME=shop DB_USER=app DB_PASSWORD=correct-horse DB_POOLER=pgbouncer | default: app@a:5432,b:5432,c:5432,... (5 hosts)/shop, sslmode=prefer, password from DB_PASSWORD, pooler pgbouncer, pool 10, connectionTimeout 30s (DB_HOST, DB_NAME, DB_USER, DB_PASSWORD, DB_POOLER)
            PGHOST=db.internal PGDATABASE=shop PGUSER=app PGPASSWORD=correct-horse | default: app@db.internal:5432/shop, sslmode=prefer, password from PGPASSWORD, pool 10, connectionTimeout 30s (PGHOST, PGDATABASE, PGUSER, PGPASSWORD)
            DB_HOST=db.internal DB_NAME=shop DB_USER=app DB_AUTH=none | default: app@db.internal:5432/shop, sslmode=prefer, no password, pool 10, connectionTimeout 30s (DB_HOST, DB_NAME, DB_USER, DB_AUTH)
            DB_HOST=h DB_PORT=1 DB_NAME=n DB_USER=u DB_PASSWORD=correct-horse DB_SSLMODE=disable DB_MAXIMUM_POOL_SIZE=2 DB_CONNECTION_TIMEOUT=1s | default: u@h:1/n, sslmode=disable, password from DB_PASSWORD, pool 2, connectionTimeout 1s (DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_SSLMODE, and 2 more)
            """)
    void write_settings_hasWhatAPersonOnCallAsksFor(String environment, String line) {
        assertThat(logged(Resolve.settings(environment), "configured password")).isEqualTo(line);
        assertThat(line).hasSizeLessThan(LONGEST_USUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DB_SECRET_ID=prod/ledger | secret 'prod/ledger' in eu-west-1 | default: app@db.internal:5432/shop, sslmode=prefer, credentials from secret 'prod/ledger' in eu-west-1, pool 10, connectionTimeout 30s (DB_HOST, DB_NAME, DB_USER, DB_SECRET_ID)
            DB_PASSWORD_COMMAND=/bin/vault | password command /bin/vault | default: app@db.internal:5432/shop, sslmode=prefer, credentials from password command /bin/vault, pool 10, connectionTimeout 30s (DB_HOST, DB_NAME, DB_USER, DB_PASSWORD_COMMAND)
            DB_AUTH=iam DB_SSLMODE=verify-full DB_SSLROOTCERT=system | RDS IAM | default: app@db.internal:5432/shop, sslmode=verify-full, credentials from RDS IAM, pool 10, connectionTimeout 30s (DB_HOST, DB_NAME, DB_USER, DB_AUTH, DB_SSLMODE, DB_SSLROOTCERT)
            """)
    void write_remoteCredentials_hasTheirSource(String more, String source, String line) {
        DatabaseSettings settings = Resolve.settings("DB_HOST=db.internal DB_NAME=shop DB_USER=app " + more);

        assertThat(logged(settings, source)).isEqualTo(line).hasSizeLessThan(LONGEST_USUAL);
    }

    @Test
    void write_clientCertificate_hasNoPassword(@TempDir Path directory) {
        IssuedCertificate client = CertificateAuthority.create("Our CA").client("app");
        Path certificate = client.writeCertificateTo(directory.resolve("client.crt"));
        Path key = client.writeKeyTo(directory.resolve("client.key"));

        assertThat(logged(
                        Resolve.settings("DB_HOST=db.internal DB_NAME=shop DB_USER=app DB_SSLCERT=" + certificate
                                + " DB_SSLKEY=" + key),
                        "client certificate"))
                .isEqualTo("default: app@db.internal:5432/shop, sslmode=require, client certificate, pool 10,"
                        + " connectionTimeout 30s (DB_HOST, DB_NAME, DB_USER, DB_SSLCERT)");
    }

    @Test
    void write_namedDatabase_beginsWithItsName() {
        DatabaseSettings settings = SettingsResolver.resolve(SettingsRequest.of(
                "ledger", Map.of("LEDGER_DATABASE_URL", "postgresql://app:secret@db.internal/ledger")));

        assertThat(logged(settings, "configured password"))
                .isEqualTo("ledger: app@db.internal:5432/ledger, sslmode=prefer, password from LEDGER_DATABASE_URL,"
                        + " pool 10, connectionTimeout 30s (LEDGER_DATABASE_URL)");
    }

    @Test
    void write_serviceBinding_namesItAndTheFileOfThePassword(@TempDir Path root) throws IOException {
        Path binding = Files.createDirectory(root.resolve("orders"));
        for (String entry : List.of(
                "type=postgresql", "host=db.internal", "database=shop", "username=app", "password=correct-horse")) {
            int equals = entry.indexOf('=');
            Files.writeString(binding.resolve(entry.substring(0, equals)), entry.substring(equals + 1));
        }

        assertThat(logged(Resolve.settings("SERVICE_BINDING_ROOT=" + root), "files"))
                .isEqualTo("default: app@db.internal:5432/shop, sslmode=prefer, password from "
                        + binding.resolve("password")
                        + ", pool 10, connectionTimeout 30s (service binding orders)");
    }

    @Test
    void write_userInAFile_namesItsVariable(@TempDir Path directory) throws IOException {
        Path user = Files.writeString(directory.resolve("user"), "app");

        assertThat(logged(
                        Resolve.settings("DB_HOST=db.internal DB_NAME=shop DB_USER_FILE=" + user
                                + " DB_PASSWORD_FILE=/run/secrets/db"),
                        "files"))
                .isEqualTo("default: app@db.internal:5432/shop, sslmode=prefer, password from /run/secrets/db, pool 10,"
                        + " connectionTimeout 30s (DB_HOST, DB_NAME, DB_USER_FILE, DB_PASSWORD_FILE)");
    }

    @Test
    void writeUnpooled_settings_hasNoPool() {
        try (LogCapture log = LogCapture.start()) {
            StartLine.writeUnpooled(
                    "", Resolve.settings("DB_HOST=db.internal DB_MAXIMUM_POOL_SIZE=5"), "configured password");

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "default: postgres@db.internal:5432/monorepo_dev, sslmode=prefer, default password,"
                                    + " connectionTimeout 30s (DB_HOST)");
        }
    }

    @Test
    void write_localDatabase_namesIt() {
        DatabaseSettings started = SettingsCompletion.withServer(
                Resolve.settings(""),
                new HostAndPort("127.0.0.1", 40_000),
                new HashMap<>(Map.of(Settings.PASSWORD, "random")),
                new Origin.StartedServer("embedded PostgreSQL 16"));

        assertThat(logged(started, "configured password"))
                .isEqualTo("default: postgres@127.0.0.1:40000/monorepo_dev, sslmode=disable, password from embedded"
                        + " PostgreSQL 16, pool 10, connectionTimeout 30s (embedded PostgreSQL 16)");
    }

    @Test
    void write_atDebug_hasEverySettingWithItsOriginAndNoPassword() {
        try (LogCapture log = LogCapture.start()) {
            StartLine.write(Resolve.settings("DB_PASSWORD=correct-horse DB_READ_ONLY=true"), "configured password");

            assertThat(log.text())
                    .contains("readOnly = true  (environment variable DB_READ_ONLY)")
                    .contains("password = <redacted>  (environment variable DB_PASSWORD)")
                    .doesNotContain("horse");
        }
    }

    private static String logged(DatabaseSettings settings, String credentials) {
        try (LogCapture log = LogCapture.start()) {
            StartLine.write(settings, credentials);
            assertThat(log.events())
                    .allSatisfy(event -> assertThat(event.logger()).isEqualTo("dev.wellhead.Database"));
            List<String> lines = log.messages(Level.INFO);
            assertThat(lines).hasSize(1);
            return lines.get(0);
        }
    }
}
