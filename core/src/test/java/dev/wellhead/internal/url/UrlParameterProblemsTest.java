package dev.wellhead.internal.url;

import static dev.wellhead.internal.url.UrlProblems.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters of URLs that are unknown, unsupported or contradictory, or that have an invalid value. */
class UrlParameterProblemsTest {

    static Stream<Arguments> urls() {
        String brackets = "Write an IPv6 address in brackets: [::1]:5432.";
        return Stream.of(
                row(
                        "jdbc:postgresql://[::1/a?b]:5433/app?user=u",
                        "DATABASE_URL has brackets around a text that is not an IPv6 address, at character 19.",
                        brackets),
                row(
                        "postgresql://db?sslmode",
                        "DATABASE_URL has a parameter without '=', at character 17.",
                        "Write name=value, and %26 for an '&' in a value."),
                row(
                        "postgresql://db?&sslmode=require",
                        "DATABASE_URL has a parameter without '=', at character 17.",
                        "Write name=value, and %26 for an '&' in a value."),
                row(
                        "postgresql://db?options=-c%20a=b",
                        "DATABASE_URL has a second '=' in a parameter, at character 31.",
                        "Write %3D for an '=' in a value."),
                row(
                        "postgresql://db?sslmode=",
                        "DATABASE_URL has a parameter without a value, at character 17.",
                        "Leave the parameter out."),
                row(
                        "postgresql://db?sslmod=require",
                        "DATABASE_URL has sslmod, which is not a parameter of libpq.",
                        "Did you mean sslmode?"),
                row(
                        "postgresql://db?SSLMODE=require",
                        "DATABASE_URL has SSLMODE, which is not a parameter of libpq.",
                        "Did you mean sslmode?"),
                row(
                        "postgresql://db?ApplicationName=x",
                        "DATABASE_URL has ApplicationName, which is not a parameter of libpq.",
                        "Did you mean application_name?"),
                row(
                        "postgresql://db?zzzzzz=x",
                        "DATABASE_URL has zzzzzz, which is not a parameter of libpq.",
                        "Use the parameters of libpq."),
                row(
                        "postgresql://db?prepareThreshold=0",
                        "DATABASE_URL has prepareThreshold, which is not a parameter of libpq.",
                        "Set DB_PREPARE_THRESHOLD=0, and leave prepareThreshold out of the URL."),
                row(
                        "postgresql://db?stringtype=unspecified",
                        "DATABASE_URL has stringtype, which is not a parameter of this kind of URL.",
                        "Set DB_DRIVER_STRINGTYPE, and leave stringtype out of the URL.",
                        "It belongs to jdbc:postgresql:// URLs."),
                row(
                        "postgresql://db?ssl=false",
                        "DATABASE_URL has ssl with a value other than true.",
                        "Use sslmode=disable, or leave it out for the default."),
                row(
                        "postgresql://db?sslmode=require&sslmode=disable",
                        "DATABASE_URL has sslmode more than once.",
                        "Keep one of them."),
                row(
                        "postgresql://db?sslmode=verify-full&ssl=true",
                        "DATABASE_URL has both sslmode and ssl, which are the same setting.",
                        "Keep one of them."),
                row(
                        "postgresql://db?sslmode=Require",
                        "sslmode in DATABASE_URL is not an SSL mode.",
                        "Did you mean 'require'?",
                        "Use one of: disable, allow, prefer, require, verify-ca, verify-full."),
                row(
                        "postgresql://db?connect_timeout=0",
                        "connect_timeout in DATABASE_URL is an unlimited wait.",
                        "Write a number of seconds, or leave it out for the default."),
                row(
                        "postgresql://db?connect_timeout=-1",
                        "connect_timeout in DATABASE_URL is an unlimited wait.",
                        "Write a number of seconds, or leave it out for the default."),
                row(
                        "postgresql://db?connect_timeout=5s",
                        "connect_timeout in DATABASE_URL is not a whole number of seconds.",
                        "Write seconds in plain digits, without a unit, such as 10."),
                row(
                        "postgresql://db?connect_timeout=99999999999",
                        "connect_timeout in DATABASE_URL is longer than 10m.",
                        "Use a duration from 100ms to 10m.",
                        "A number in a URL is in seconds."),
                row(
                        "postgresql://db?keepalives=yes",
                        "keepalives in DATABASE_URL is neither 1 nor 0.",
                        "Use 1 for on or 0 for off."),
                row(
                        "postgresql://db?hostaddr=10.0.0.1",
                        "hostaddr in DATABASE_URL is not supported: with an address beside the host name it is"
                                + " not clear which of them is verified.",
                        "Put the address in host; with verify-full the certificate must contain it."),
                row(
                        "postgresql://db?client_encoding=LATIN1",
                        "client_encoding in DATABASE_URL is not supported: the driver supports only UTF8.",
                        "Use UTF8, or leave it out."),
                row(
                        "jdbc:postgresql://db/app?ssl=true",
                        "ssl in DATABASE_URL is not supported: it means verify-full in pgjdbc and require in libpq.",
                        "Use sslmode=verify-full, or sslmode=require."),
                row(
                        "jdbc:postgresql://db/app?ssl",
                        "DATABASE_URL has a parameter without '=', at character 26.",
                        "Write name=value, and %26 for an '&' in a value."),
                row(
                        "jdbc:postgresql://db/app?sslMode=require",
                        "DATABASE_URL has sslMode, which is not a parameter of pgjdbc.",
                        "Did you mean sslmode?"),
                row(
                        "jdbc:postgresql://db/app?passfile=x",
                        "DATABASE_URL has passfile, which is not a parameter of pgjdbc.",
                        "Set DB_PASSFILE, and leave passfile out of the URL."),
                row(
                        "jdbc:postgresql://db/app?sslcertmode=allow",
                        "DATABASE_URL has sslcertmode, which is not a parameter of this kind of URL.",
                        "Use allow, or leave it out; leave out sslcert to send none.",
                        "It belongs to postgresql:// URLs."),
                row(
                        "jdbc:postgresql:app?currentSchema=%22a,b%22",
                        "currentSchema in DATABASE_URL is a search path with a comma in a name.",
                        "Rename the schema, or use the setting options."),
                row(
                        "jdbc:postgresql:app?currentSchema=%22a",
                        "currentSchema in DATABASE_URL is a search path with a quote that is not closed.",
                        "Close the quote."),
                row(
                        "jdbc:postgresql://db/app?ssl=true&sslmode=prefer",
                        "ssl in DATABASE_URL is not supported: it means verify-full in pgjdbc and require in libpq.",
                        "Use sslmode=verify-full, or sslmode=require."),
                row(
                        "jdbc:postgresql://db/app?connectTimeout=3&loginTimeout=7",
                        "DATABASE_URL has both connectTimeout and loginTimeout, which are the same setting.",
                        "Keep one of them."),
                row(
                        "jdbc:postgresql://db/app?targetServerType=preferPrimary",
                        "targetServerType in DATABASE_URL is a value without an equivalent: Wellhead has no mode that prefers"
                                + " the primary.",
                        "Use one of: any, primary, secondary, preferSecondary, master, slave, preferSlave."),
                row(
                        "jdbc:postgresql://db/app?stringtype=text",
                        "stringtype in DATABASE_URL is not one of its values.",
                        "Use one of: unspecified, varchar."),
                row(
                        "jdbc:postgresql://db/app?sslfactory=org.postgresql.ssl.NonValidatingFactory",
                        "sslfactory in DATABASE_URL is not supported: Wellhead creates its own TLS connections.",
                        "Use sslmode=require in place of NonValidatingFactory, and sslmode=verify-full with"
                                + " sslrootcert=system in place of DefaultJavaSSLFactory."));
    }

    @ParameterizedTest
    @MethodSource("urls")
    void parse_wrongParameter_addsAProblemWithPositionAndFix(String url, String message, List<String> fixes) {
        UrlProblems.assertOnlyProblem(url, message, fixes);
    }

    @Test
    void parse_severalMistakes_areReportedTogetherAndTheRestCounts() {
        Problems problems = new Problems();

        List<RawValue> values =
                UrlProblems.parse("postgresql://db/app?sslmode=yes&connect_timeout=x&hostaddr=1&user=u", problems);

        assertThat(problems.all())
                .extracting(Problem::message)
                .containsExactly(
                        "sslmode in DATABASE_URL is not an SSL mode.",
                        "connect_timeout in DATABASE_URL is not a whole number of seconds.",
                        "hostaddr in DATABASE_URL is not supported: with an address beside the host name it is"
                                + " not clear which of them is verified.");
        assertThat(UrlProblems.described(values)).containsExactly("host=db", "name=app", "user=u");
    }
}
