package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Settings;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredSettingsTest {

    static Stream<Arguments> missing() {
        return Stream.of(
                arguments("DB_READER_PORT=5433", "DB_READER_PORT", "'5433'", "DB_READER_HOST"),
                arguments("DB_HOST=db DB_SSLCERT=/c.pem", "DB_SSLCERT", "'/c.pem'", "DB_SSLKEY"),
                arguments("DB_HOST=db DB_SSLKEY=/k.pem", "DB_SSLKEY", "'/k.pem'", "DB_SSLCERT"),
                arguments("DB_HOST=db DB_AUTH=certificate", "DB_AUTH", "'certificate'", "DB_SSLKEY"),
                arguments("DB_HOST=db DB_SSLPASSWORD=pw", "DB_SSLPASSWORD", "set", "DB_SSLKEY"));
    }

    @ParameterizedTest(name = "{1} needs {3}")
    @MethodSource("missing")
    void setting_requiringAnother_isRejectedWithoutIt(String variables, String key, String value, String other) {
        assertThat(Resolve.problem(variables))
                .containsExactly(
                        key + " is " + value + ", but " + other + " is not set.",
                        "From: environment variable " + key,
                        "Set " + other + ", or unset " + key + ".");
    }

    /** The key, the database and the user are not missing: they are there under the name of another library. */
    @ParameterizedTest
    @CsvSource({
        "DATABASE_URL=postgresql://db/app?sslidentity=/k.p12&sslpassword=pw, sslidentity",
        "ENVIRONMENT=production DB_USER=app DB_PASSWORD=pw DATABASE_URL=postgresql://db?database=app, database",
        "ENVIRONMENT=production DB_PASSWORD=pw DATABASE_URL=postgresql://db/app?usr=app, usr",
    })
    void setting_underAnotherNameInTheUrl_isNotMissing(String variables, String parameter) {
        assertThat(Resolve.problems(variables))
                .extracting(Problem::message)
                .containsExactly("DATABASE_URL has " + parameter + ", which is not a parameter of libpq.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "2001:db8::1", "db.example:5432", "db,example/x", "/tmp"})
    void iamHost_noHostName_isRejected(String host) {
        assertThat(Resolve.problem(
                        "DB_AUTH=iam DB_USER=app DB_HOST=localhost DB_SSLROOTCERT=/root.crt DB_IAM_HOST=" + host))
                .containsExactly(
                        "DB_IAM_HOST is not the name of an RDS endpoint.",
                        "From: environment variable DB_IAM_HOST",
                        "Write only the host name, as in ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com. The port is"
                                + " DB_IAM_PORT.");
    }

    @Test
    void iamHostAndPort_valid_areSettings() {
        DecidedSettings settings = Resolve.settings("DB_AUTH=iam DB_USER=app DB_HOST=localhost DB_PORT=15432"
                + " DB_SSLROOTCERT=/root.crt DB_IAM_HOST=ledger.c1.eu-west-1.rds.amazonaws.com DB_IAM_PORT=5432");

        assertThat(settings.find(Settings.IAM_HOST)).contains("ledger.c1.eu-west-1.rds.amazonaws.com");
        assertThat(settings.find(Settings.IAM_PORT)).contains(5432);
    }

    static Stream<Arguments> needTls() {
        return Stream.of(
                arguments(
                        "DB_AUTH=certificate DB_SSLKEY=/k.p12 DB_SSLMODE=prefer",
                        "DB_AUTH is 'certificate'",
                        "DB_AUTH",
                        "prefer",
                        "environment variable DB_SSLMODE"),
                arguments(
                        "DB_SSLNEGOTIATION=direct DB_HOST=db",
                        "DB_SSLNEGOTIATION is 'direct'",
                        "DB_SSLNEGOTIATION",
                        "prefer",
                        "default for environment 'local'"),
                arguments(
                        "DB_CHANNEL_BINDING=require",
                        "DB_CHANNEL_BINDING is 'require'",
                        "DB_CHANNEL_BINDING",
                        "disable",
                        "default for environment 'local' on loopback"),
                arguments(
                        "DB_SSLCERT=/c.pem DB_SSLKEY=/k.pem DB_HOST=db DB_SSLMODE=disable",
                        "DB_SSLCERT is '/c.pem'",
                        "DB_SSLCERT",
                        "disable",
                        "environment variable DB_SSLMODE"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("needTls")
    void setting_requiringTls_isRejectedIfTheModeDoesNotGuaranteeIt(
            String variables, String what, String variable, String mode, String origin) {
        assertThat(Resolve.problem(variables))
                .containsExactly(
                        what + " and requires TLS, which SSL mode '" + mode + "' does not guarantee.",
                        "From: environment variable " + variable + "; " + origin,
                        "Set DB_SSLMODE to require, verify-ca or verify-full.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_SSLMODE=disable",
                "DB_HOST=db DB_SSLMODE=prefer",
                "DB_HOST=db PGSSLMODE=allow",
                "DB_HOST=db DB_SSLMODE=require",
                "DB_HOST=db DB_SSLROOTCERT=/ca.pem DB_SSLMODE=require",
                "ENVIRONMENT=production DB_HOST=localhost DB_NAME=app DB_SSLMODE=disable"
            })
    void tokens_withAModeThatDoesNotVerify_areRejected(String variables) {
        String key = variables.contains("PGSSLMODE") ? "PGSSLMODE" : "DB_SSLMODE";
        String mode = variables.substring(variables.lastIndexOf('=') + 1);

        assertThat(Resolve.problem(variables + " DB_AUTH=iam DB_USER=app"))
                .containsExactly(
                        "DB_AUTH is 'iam' and requires a verified server, which SSL mode '" + mode
                                + "' does not guarantee.",
                        "From: environment variable DB_AUTH; environment variable " + key,
                        "Set DB_SSLMODE to verify-full or verify-ca.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_CHANNEL_BINDING=require",
                "DB_REQUIRE_AUTH=scram-sha-256",
                "DB_REQUIRE_AUTH=md5,scram-sha-256",
                "DB_REQUIRE_AUTH=!none,!password"
            })
    void setting_incompatibleWithTokens_isRejected(String variable) {
        String key = variable.substring(0, variable.indexOf('='));

        assertThat(Resolve.problem("DB_HOST=db DB_USER=app DB_AUTH=iam DB_SSLROOTCERT=/ca.pem " + variable))
                .containsExactly(
                        key + " does not allow the method that DB_AUTH 'iam' requires: the server requests an"
                                + " authentication token as method 'password', inside TLS.",
                        "From: environment variable " + key + "; environment variable DB_AUTH",
                        "Unset " + key + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_CHANNEL_BINDING=require", "DB_REQUIRE_AUTH=scram-sha-256", "DB_REQUIRE_AUTH=!none"})
    void setting_thatRequiresAPassword_isRejectedWithoutOne(String variable) {
        String key = variable.substring(0, variable.indexOf('='));

        assertThat(Resolve.problem("DB_HOST=db DB_AUTH=none DB_SSLMODE=require " + variable))
                .containsExactly(
                        key + " requires a login with a password, but DB_AUTH is 'none'.",
                        "From: environment variable " + key + "; environment variable DB_AUTH",
                        "Unset " + key + ", or set a source of the password.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            scram              | is not a list of login methods.
            md5,               | is not a list of login methods.
            md5,!none          | mixes permitted methods and forbidden ones.
            !none,md5          | mixes permitted methods and forbidden ones.
            md5,md5            | names a method twice.
            gss,sspi           | permits no method that the driver supports.
            """)
    void requireAuth_thatIsNoListOfMethods_isRejected(String methods, String what) {
        assertThat(Resolve.problem("DB_REQUIRE_AUTH=" + methods)).startsWith("DB_REQUIRE_AUTH " + what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "scram-sha-256,password", "!none,!md5"})
    void requireAuth_allowsPasswords_isValidWithTokens(String methods) {
        assertThat(Resolve.problems(
                        "DB_HOST=db DB_USER=app DB_AUTH=iam DB_SSLROOTCERT=/ca.pem DB_REQUIRE_AUTH=" + methods))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_HOST=db DB_SSLKEY=/client.p12",
                "DB_HOST=db DB_SSLKEY=/client.p12 DB_SSLPASSWORD=pw",
                "DB_HOST=db DB_SSLKEY=/client.JKS DB_SSLPASSWORD=pw",
                "DB_HOST=db DB_SSLROOTCERT=/root.p12 DB_SSLPASSWORD=pw",
                "DB_AUTH=none DB_REQUIRE_AUTH=none",
                "DB_HOST=db DB_SSLCERT=/c.pem DB_SSLKEY=/k.pem",
                "DB_HOST=db DB_SSLNEGOTIATION=direct DB_SSLMODE=require",
                "DB_READER_HOST=r DB_READER_PORT=5433",
                "DB_TARGET_SERVER_TYPE=primary"
            })
    void settings_withTheirRequiredSettings_areAccepted(String variables) {
        assertThat(Resolve.problems(variables)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64})
    void applicationName_longerThanTheServerKeeps_isRefused(int length) {
        assertThat(Resolve.problems("DB_APPLICATION_NAME=" + "a".repeat(length)))
                .extracting(Problem::message)
                .isEqualTo(
                        length <= 63
                                ? java.util.List.of()
                                : java.util.List.of(
                                        "DB_APPLICATION_NAME is longer than 63 bytes, so the server would cut it off."));
    }
}
