package dev.wellhead.internal.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.sources.LibpqVariables;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    private final Problems problems = new Problems();

    /** PostgreSQL 18 documentation, libpq chapter, "Parameter Key Words", in its order. */
    private static final List<String> LIBPQ = List.of(
            "host",
            "hostaddr",
            "port",
            "dbname",
            "user",
            "password",
            "passfile",
            "require_auth",
            "channel_binding",
            "connect_timeout",
            "client_encoding",
            "options",
            "application_name",
            "fallback_application_name",
            "keepalives",
            "keepalives_idle",
            "keepalives_interval",
            "keepalives_count",
            "tcp_user_timeout",
            "replication",
            "gssencmode",
            "sslmode",
            "requiressl",
            "sslnegotiation",
            "sslcompression",
            "sslcert",
            "sslkey",
            "sslkeylogfile",
            "sslpassword",
            "sslcertmode",
            "sslrootcert",
            "sslcrl",
            "sslcrldir",
            "sslsni",
            "requirepeer",
            "ssl_min_protocol_version",
            "ssl_max_protocol_version",
            "min_protocol_version",
            "max_protocol_version",
            "krbsrvname",
            "gsslib",
            "gssdelegation",
            "scram_client_key",
            "scram_server_key",
            "service",
            "target_session_attrs",
            "load_balance_hosts",
            "oauth_issuer",
            "oauth_client_id",
            "oauth_client_secret",
            "oauth_scope");

    @Test
    void libpq_everyDocumentedParameter_isKnown() {
        assertThat(LIBPQ)
                .allSatisfy(name ->
                        assertThat(LibpqParameters.all().find(name)).as(name).isNotNull());
    }

    @Test
    void libpq_everySettingWithLibpqsName_isReachedByIt() {
        for (Setting<?> setting : Settings.all()) {
            setting.libpqName()
                    .ifPresent(name -> assertThat(LibpqParameters.all().find(name))
                            .as(name)
                            .isNotNull()
                            .extracting(Parameter::setting)
                            .isEqualTo(setting));
        }
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                arguments("PGHOST", "a,b", "host=a,b"),
                arguments("PGPORT", "1,", "port=1,5432"),
                arguments("PGDATABASE", "app", "name=app"),
                arguments("PGUSER", "u", "user=u"),
                arguments("PGPASSWORD", " p ", "password= p "),
                arguments("PGPASSFILE", "/x", "passfile=/x"),
                arguments("PGCONNECT_TIMEOUT", "3", "connectTimeout=3s"),
                arguments("PGSSLMODE", "require", "sslmode=require"),
                arguments("PGSSLROOTCERT", "system", "sslrootcert=system"),
                arguments("PGSSLCRL", "crl.pem", "sslcrl=crl.pem"),
                arguments("PGSSLCRLDIR", "/crls", "sslcrldir=/crls"),
                arguments("PGOPTIONS", "-c geqo=off", "options=-c geqo=off"),
                arguments("PGAPPNAME", "x", "applicationName=x"),
                arguments("PGTZ", "Europe/Berlin", "timeZone=Europe/Berlin"),
                arguments("PGTARGETSESSIONATTRS", "primary", "targetServerType=primary"),
                arguments("PGLOADBALANCEHOSTS", "random", "loadBalanceHosts=random"),
                arguments("PGCHANNELBINDING", "require", "channelBinding=require"),
                arguments("PGREQUIREAUTH", "!password", "requireAuth=!password"));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void variables_supported_areSettings(String variable, String text, String expected) {
        List<RawValue> values = LibpqVariables.read(Map.of(variable, text), problems);

        assertThat(values).singleElement().satisfies(value -> {
            assertThat(value.setting().name() + "=" + value.text().reveal()).isEqualTo(expected);
            assertThat(value.origin()).isEqualTo(Origin.Variable.ofLibpq(variable));
        });
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGHOSTADDR",
                "PGREQUIRESSL",
                "PGREQUIREPEER",
                "PGSSLMINPROTOCOLVERSION",
                "PGSSLMAXPROTOCOLVERSION",
                "PGKRBSRVNAME",
                "PGGSSLIB",
                "PGGSSENCMODE",
                "PGGSSDELEGATION",
                "PGCLIENTENCODING",
                "PGSSLCOMPRESSION",
                "PGSSLSNI",
                "PGSSLCERTMODE",
                "PGMINPROTOCOLVERSION",
                "PGMAXPROTOCOLVERSION",
                "PGDATESTYLE",
                "PGGEQO"
            })
    void variables_notSupported_areRefusedByNameAndNotShown(String variable) {
        assertThat(LibpqVariables.read(Map.of(variable, "s3cr3t"), problems)).isEmpty();

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.setting()).isEqualTo(variable);
            assertThat(problem.message())
                    .startsWith(variable + " is not supported: ")
                    .endsWith(".");
            assertThat(problem.source()).isEqualTo("From: environment variable " + variable);
            assertThat(problem.fixes()).isNotEmpty();
            assertThat(problem.toString()).doesNotContain("s3cr3t");
        });
    }

    @Test
    void variables_harmlessOrBlank_changeNothing() {
        Map<String, String> harmless = Map.of(
                "PGGSSENCMODE", "prefer",
                "PGCLIENTENCODING", "utf8",
                "PGSSLCOMPRESSION", "0",
                "PGSSLSNI", "1",
                "PGSSLCERTMODE", "allow",
                "PGMAXPROTOCOLVERSION", "latest",
                "PGDATESTYLE", "ISO",
                "PGHOST", "",
                "PGKRBSRVNAME", " ");

        assertThat(LibpqVariables.read(harmless, problems)).isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void variables_wholeProblem_readsAsASentence() {
        LibpqVariables.read(Map.of("PGKRBSRVNAME", "postgres"), problems);

        assertThat(problems.all())
                .containsExactly(Problem.of(
                        ProblemCode.UNSUPPORTED_PARAMETER,
                        "PGKRBSRVNAME",
                        "PGKRBSRVNAME is not supported: Wellhead does not support GSSAPI or Kerberos.",
                        List.of(Origin.Variable.ofLibpq("PGKRBSRVNAME")),
                        List.of("Leave it out and log in with a password.")));
    }
}
