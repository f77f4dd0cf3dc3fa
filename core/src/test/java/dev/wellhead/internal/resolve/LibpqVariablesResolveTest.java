package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibpqVariablesResolveTest {

    static Stream<Arguments> variables() {
        return Stream.of(
                arguments("PGHOST=db", Settings.HOST, "db"),
                arguments("PGPORT=6432", Settings.PORT, "6432"),
                arguments("PGDATABASE=app", Settings.NAME, "app"),
                arguments("PGUSER=app", Settings.USER, "app"),
                arguments("PGPASSWORD=pw", Settings.PASSWORD, "<redacted>"),
                arguments("PGPASSFILE=/run/pgpass", Settings.PASSFILE, "/run/pgpass"),
                arguments("PGSSLMODE=require", Settings.SSLMODE, "require"),
                arguments("PGSSLROOTCERT=system", Settings.SSLROOTCERT, "system"),
                arguments("PGSSLCRL=/crl.pem", Settings.SSLCRL, "/crl.pem"),
                arguments("PGSSLCRLDIR=/etc/crl", Settings.SSLCRLDIR, "/etc/crl"),
                arguments("PGAPPNAME=mine", Settings.APPLICATION_NAME, "mine"),
                arguments("PGTZ=Europe/Berlin", Settings.TIME_ZONE, "Europe/Berlin"),
                arguments("PGCONNECT_TIMEOUT=7", Settings.CONNECT_TIMEOUT, "7s"),
                arguments("PGTARGETSESSIONATTRS=primary", Settings.TARGET_SERVER_TYPE, "primary"),
                arguments("PGCHANNELBINDING=disable", Settings.CHANNEL_BINDING, "disable"),
                arguments("PGREQUIREAUTH=scram-sha-256", Settings.REQUIRE_AUTH, "scram-sha-256"),
                arguments("PGLOADBALANCEHOSTS=random", Settings.LOAD_BALANCE_HOSTS, "random"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variables")
    void variable_ofLibpq_isASetting(String variable, Setting<?> setting, String value) {
        ResolvedSetting resolved = Resolve.settings(variable).explain(setting).orElseThrow();

        assertThat(resolved.value()).isEqualTo(value);
        assertThat(resolved.origin()).isEqualTo(Origin.Variable.ofLibpq(variable.substring(0, variable.indexOf('='))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGHOSTADDR=10.0.0.1",
                "PGREQUIREPEER=postgres",
                "PGGSSENCMODE=require",
                "PGSSLSNI=0",
                "PGDATESTYLE=German",
                "PGGEQO=off"
            })
    void variable_thatCannotBeHonoured_isRefusedByName(String variable) {
        String name = variable.substring(0, variable.indexOf('='));

        assertThat(Resolve.problem(variable).get(0)).startsWith(name + " is not supported: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGDATA=/var/lib/postgresql",
                "PGSYSCONFDIR=/etc",
                "PGLOCALEDIR=/usr",
                "PGGSSENCMODE=prefer",
                "USER=root",
                "PGBOUNCER_PORT=x"
            })
    void variable_withoutEffect_isIgnored(String variable) {
        assertThat(Resolve.problems(variable)).isEmpty();
    }

    @Test
    void user_withoutAnySource_isNotThatOfTheSystem() {
        assertThat(Resolve.problem(
                        "ENVIRONMENT=production DB_HOST=db DB_NAME=app DB_PASSWORD=pw USER=root LOGNAME=root"))
                .containsExactly(
                        "There is no user.",
                        "Checked: DB_USER, DATABASE_URL, PGUSER (not set).",
                        "Set one of them; environment 'production' has no default.");
    }

    @Test
    void service_overridesVariablesOfLibpq_andYieldsToOurs(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), "[ledger]\nhost=from-service\nport=6432\ndbname=ledger\n");

        DatabaseSettings settings =
                Resolve.settings("PGSERVICE=ledger PGHOST=from-variable PGUSER=app DB_PORT=7777 HOME=" + home);

        assertThat(settings.hosts()).containsExactly(new HostAndPort("from-service", 7777));
        assertThat(settings.databaseName()).isEqualTo("ledger");
        assertThat(settings.user()).isEqualTo("app");
        assertThat(settings.explain(Settings.HOST).orElseThrow().shadowed())
                .extracting(ResolvedSetting.Shadowed::value)
                .containsExactly("from-variable", "localhost");
    }

    @Test
    void service_thatIsNotThere_isTheOnlyProblem(@TempDir Path home) {
        assertThat(Resolve.problems("ENVIRONMENT=production PGSERVICE=ledger HOME=" + home))
                .extracting(Problem::setting)
                .containsExactly("PGSERVICE");
    }
}
