package dev.wellhead.internal.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Sensitive;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected results for libpq URLs were compared with psql 15. */
class ConnectionUrlTest {

    private static final String ENCODE =
            "In a user or password write %40 for '@', %2F for '/', %3A for ':', %3F for '?', %25 for '%'.";

    private final Problems problems = new Problems();

    private List<RawValue> parse(String url) {
        return ConnectionUrl.parse(Sensitive.of(url), "DATABASE_URL", Catalogue.DATABASES, problems);
    }

    private static List<String> described(List<RawValue> values) {
        return values.stream()
                .map(value -> value.setting().name() + "=" + value.text().reveal())
                .toList();
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments("postgresql://", List.of()),
                arguments("postgresql:///", List.of()),
                arguments("postgresql:///app", List.of("name=app")),
                arguments("postgres://db/app", List.of("host=db", "name=app")),
                arguments("postgresql://db", List.of("host=db")),
                arguments("postgresql://db:5433/app", List.of("host=db", "port=5433", "name=app")),
                arguments("postgresql://db:/app", List.of("host=db", "name=app")),
                arguments("postgresql://:5433/app", List.of("port=5433", "name=app")),
                arguments("postgresql://u@db/app", List.of("host=db", "user=u", "name=app")),
                arguments("postgresql://u:@db/app", List.of("host=db", "user=u", "name=app")),
                arguments("postgresql://@db/app", List.of("host=db", "name=app")),
                arguments("postgresql://u:p@db/app", List.of("host=db", "user=u", "password=p", "name=app")),
                arguments("postgresql://u:p:q@db", List.of("host=db", "user=u", "password=p:q")),
                arguments("postgresql://u:a+b@db", List.of("host=db", "user=u", "password=a+b")),
                arguments("postgresql://u:p?w#x@db", List.of("host=db", "user=u", "password=p?w#x")),
                arguments("postgresql://u:%40%2F%3a@db", List.of("host=db", "user=u", "password=@/:")),
                arguments("postgresql://%C3%BC:ü@db", List.of("host=db", "user=ü", "password=ü")),
                arguments("postgresql://db/a/b", List.of("host=db", "name=a/b")),
                arguments("postgresql://db/a%40b%20c", List.of("host=db", "name=a@b c")),
                arguments("postgresql://db:%31/app", List.of("host=db", "port=1", "name=app")),
                arguments("postgresql://[::1]:5433/app", List.of("host=::1", "port=5433", "name=app")),
                arguments("postgresql://[::1]", List.of("host=::1")),
                arguments("postgresql://[fe80::1%25eth0]/app", List.of("host=fe80::1%eth0", "name=app")),
                arguments("postgresql://a:1,b:2/app", List.of("host=a,b", "port=1,2", "name=app")),
                arguments("postgresql://a:1,b,[::1]:3", List.of("host=a,b,::1", "port=1,5432,3")),
                arguments("postgresql://a,b/app", List.of("host=a,b", "port=5432,5432", "name=app")),
                arguments("postgresql://a%2Cb:1/app", List.of("host=a,b", "port=1", "name=app")),
                arguments("postgresql://a:1/x?host=b&port=2", List.of("host=b", "port=2", "name=x")),
                arguments(
                        "postgresql://u:p@a/x?user=v&password=q&dbname=y",
                        List.of("host=a", "user=v", "password=q", "name=y")),
                arguments("postgresql:///?host=a,b&port=,2", List.of("host=a,b", "port=5432,2")),
                arguments("postgresql://a?sslmode=require&", List.of("host=a", "sslmode=require")),
                arguments("postgresql://a/?sslm%6Fde=require", List.of("host=a", "sslmode=require")),
                arguments("postgresql://a?ssl=true", List.of("host=a", "sslmode=require")),
                arguments(
                        "postgresql://a?connect_timeout=3&keepalives=0&keepalives_idle=60&keepalives_count=4",
                        List.of(
                                "host=a",
                                "connectTimeout=3s",
                                "keepalives=false",
                                "keepalivesIdle=60s",
                                "keepalivesCount=4")),
                arguments(
                        "postgresql://a?application_name=my%20app&options=-c%20geqo%3Doff",
                        List.of("host=a", "applicationName=my app", "options=-c geqo=off")),
                arguments(
                        "postgresql://a?target_session_attrs=prefer-standby&load_balance_hosts=random",
                        List.of("host=a", "targetServerType=prefer-standby", "loadBalanceHosts=random")),
                arguments("postgresql://a?client_encoding=UTF8&gssencmode=disable", List.of("host=a")),
                arguments("postgresql://a?ssl=true&sslmode=require", List.of("host=a", "sslmode=require")),
                arguments("postgresql://a?sslmode=require&ssl=true", List.of("host=a", "sslmode=require")),
                arguments("jdbc:postgresql:app", List.of("name=app")),
                arguments(
                        "jdbc:postgresql:app?currentSchema=Ledger,%22Audit%22%22Log%22,%20%22$user%22",
                        List.of("name=app", "schema=ledger,Audit\"Log,$user")),
                arguments("jdbc:postgresql:app?user=u", List.of("name=app", "user=u")),
                arguments("jdbc:postgresql:", List.of()),
                arguments(
                        "jdbc:postgresql://db/?ssl=true&sslmode=verify-full",
                        List.of("host=db", "sslmode=verify-full")),
                arguments("jdbc:postgresql://db/?sslmode=require&ssl=true", List.of("host=db", "sslmode=require")),
                arguments("jdbc:postgresql://db/?ssl=false", List.of("host=db")),
                arguments(
                        "jdbc:postgresql://db/?stringtype=unspecified&autosave=conservative&preferQueryMode=simple",
                        List.of(
                                "host=db",
                                "driver.stringtype=unspecified",
                                "driver.autosave=conservative",
                                "driver.preferQueryMode=simple")),
                arguments("jdbc:postgresql://db:5433/app", List.of("host=db", "port=5433", "name=app")),
                arguments("jdbc:postgresql:///app", List.of("name=app")),
                arguments("jdbc:postgresql://a:1,[::1]:2/app", List.of("host=a,::1", "port=1,2", "name=app")),
                arguments(
                        "jdbc:postgresql://db/app?user=u&password=a+b=c@d/e?f",
                        List.of("host=db", "name=app", "user=u", "password=a+b=c@d/e?f")),
                arguments(
                        "jdbc:postgresql://db/?ApplicationName=x&currentSchema=a,b&readOnly=true",
                        List.of("host=db", "applicationName=x", "schema=a,b", "readOnly=true")),
                arguments(
                        "jdbc:postgresql://db/?targetServerType=preferSecondary&loadBalanceHosts=true",
                        List.of("host=db", "targetServerType=prefer-standby", "loadBalanceHosts=random")),
                arguments(
                        "jdbc:postgresql://db/?connectTimeout=3&socketTimeout=0&tcpKeepAlive=true",
                        List.of("host=db", "connectTimeout=3s", "socketTimeout=0s", "keepalives=true")),
                arguments(
                        "jdbc:postgresql://db/?loginTimeout=7&prepareThreshold=0&reWriteBatchedInserts=true",
                        List.of("host=db", "connectTimeout=7s", "prepareThreshold=0", "reWriteBatchedInserts=true")),
                arguments(
                        "jdbc:postgresql://db/?sslmode=verify-full&sslrootcert=system&gssEncMode=disable",
                        List.of("host=db", "sslmode=verify-full", "sslrootcert=system")));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void parse_validUrl_returnsTheDocumentedValues(String url, List<String> expected) {
        assertThat(described(parse(url))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void parse_value_hasItsPlaceInTheUrlAsOrigin() {
        assertThat(parse("postgresql://db"))
                .extracting(RawValue::origin)
                .containsExactly(new Origin.UrlPart("host", "DATABASE_URL"));
    }

    static Stream<Arguments> refused() {
        String schemes = "Start it with postgresql://, postgres:// or jdbc:postgresql://, in lower case.";
        String brackets = "Write an IPv6 address in brackets: [::1]:5432.";
        String quotes = "Remove the quotes. A file for docker --env-file, for example, must not have them.";
        String noBlanks = "Remove it, or write %20 for a blank that belongs to a value.";
        String[] ports = {"Use a port from 1 to 65535.", brackets, ENCODE};
        String portRange = "Use whole numbers from 1 to 65535 in plain digits, separated by commas.";
        return Stream.of(
                row("mysql://db/app", "DATABASE_URL is not the URL of a PostgreSQL database.", schemes),
                row(
                        "POSTGRESQL://db",
                        "DATABASE_URL starts with POSTGRESQL://, which neither libpq nor pgjdbc has.",
                        "Start it with postgresql://."),
                row(
                        "host=db dbname=app",
                        "DATABASE_URL is a list of keywords and values, not a URL.",
                        "Write postgresql://user:password@host:port/database."),
                row("postgresql://db/app\n", "DATABASE_URL ends in a line break.", "Remove the line break."),
                row("postgresql://db/app\r", "DATABASE_URL ends in a line break.", "Remove the line break."),
                row(
                        "postgresql://db/app ",
                        "DATABASE_URL has a blank or a control character, at character 20.",
                        noBlanks),
                row(" postgresql://db/app", "DATABASE_URL starts with a blank.", "Remove the blank."),
                row("\"postgresql://db/app\"", "DATABASE_URL is in quotes, which are part of the value.", quotes),
                row("'postgresql://db/app'\n", "DATABASE_URL is in quotes, which are part of the value.", quotes),
                row(
                        "DATABASE_URL=postgresql://db/app",
                        "DATABASE_URL starts with the name of a variable and '='.",
                        "Set only the text after the first '='."),
                row(
                        "export DATABASE_URL='postgresql://db/app'",
                        "DATABASE_URL starts with the name of a variable and '='.",
                        "Set only the text after the first '='."),
                row(
                        "psql 'postgresql://u:p@db/app'",
                        "DATABASE_URL is a psql command, not a URL.",
                        "Set only the URL in it, without psql and without quotes."),
                row(
                        "${{Postgres.DATABASE_URL}}",
                        "DATABASE_URL is a reference to a variable that nothing has replaced.",
                        "Set the URL itself, or let a shell or the deployment replace the reference."),
                row(
                        "postgresql+asyncpg://u:p@db/app",
                        "DATABASE_URL starts with postgresql+asyncpg://, which neither libpq nor pgjdbc has.",
                        "Start it with postgresql://."),
                row(
                        "jdbc:aws-wrapper:postgresql://db/app",
                        "DATABASE_URL starts with jdbc:aws-wrapper:postgresql://, which neither libpq nor pgjdbc has.",
                        "Start it with jdbc:postgresql://."),
                row(
                        "postgresql://postgres:[YOUR-PASSWORD]@db.example.test:5432/postgres",
                        "password in DATABASE_URL is a placeholder, not a password.",
                        "Replace all of it, including brackets, by the password of the role. " + ENCODE),
                row(
                        "jdbc:postgresql://db/app?password=<password>",
                        "password in DATABASE_URL is a placeholder, not a password.",
                        "Replace all of it, including brackets, by the password of the role. " + ENCODE),
                row(
                        "postgresql://u:p w@db",
                        "DATABASE_URL has a blank or a control character, at character 17.",
                        noBlanks),
                row(
                        "postgresql://u:p\0w@db",
                        "DATABASE_URL has a blank or a control character, at character 17.",
                        noBlanks),
                row("postgresql://u:p@ss@db", "DATABASE_URL has more than one '@', at character 20.", ENCODE),
                row(
                        "postgresql://u:pa/ss@db/x",
                        "DATABASE_URL has a '/' in its user or password, at character 18.",
                        ENCODE),
                row(
                        "postgresql://u:12/ss@db/x",
                        "DATABASE_URL has an '@' after a '/', at character 21.",
                        "In a user or password write %2F for '/'; in the name of a database write %40 for '@'."),
                row("postgresql://db?password=a@b", "DATABASE_URL has a '?' before an '@', at character 16.", ENCODE),
                row("postgresql://db:1?password=a@b", "DATABASE_URL has a '?' before an '@', at character 18.", ENCODE),
                row("postgresql://db:5432x/app", portNotNumber(21), ports),
                row("postgresql://db:+5432/app", portNotNumber(17), ports),
                row("postgresql://db:-1/app", portNotNumber(17), ports),
                row("postgresql://::1/app", portNotNumber(15), ports),
                row("postgresql://db:5432%20/app", "port in DATABASE_URL is not a port.", portRange),
                row("postgresql://db:0/app", "port in DATABASE_URL is not a port.", portRange),
                row("postgresql://db:65536/app", "port in DATABASE_URL is not a port.", portRange),
                row("postgresql://a:1,b:65536/app", "port in DATABASE_URL is not a list of ports.", portRange),
                row("postgresql://[::1/app", "DATABASE_URL has a '[' without a ']', at character 14.", brackets),
                row(
                        "postgresql://[]/app",
                        "DATABASE_URL has brackets around a text that is not an IPv6 address, at character 14.",
                        brackets),
                row(
                        "jdbc:postgresql://[::1/a?b]:5433/app?user=u",
                        "DATABASE_URL has brackets around a text that is not an IPv6 address, at character 19.",
                        brackets),
                row(
                        "postgresql://[::1]x/app",
                        "DATABASE_URL has something other than ':', ',', '/' or '?' after an IPv6 address, at"
                                + " character 19.",
                        brackets),
                row(
                        "postgresql://a,/app",
                        "host in DATABASE_URL is a list with an empty item.",
                        "Write the items with one comma between them and no blanks around them."),
                row(
                        "postgresql://db/a%zz",
                        "DATABASE_URL has a '%' without two hexadecimal digits after it, at character 18.",
                        "Write %25 for a '%' itself."),
                row(
                        "postgresql://u:100%@db",
                        "DATABASE_URL has a '%' without two hexadecimal digits after it, at character 19.",
                        "Write %25 for a '%' itself."),
                row(
                        "postgresql://u:a%00b@db",
                        "DATABASE_URL has %00, at character 17.",
                        "Remove it: the server does not support a NUL character."),
                row(
                        "postgresql://u:%ff@db",
                        "DATABASE_URL has percent-encoded bytes that are not UTF-8 in the part that starts, at"
                                + " character 16.",
                        "Percent-encode the UTF-8 bytes of the text."),
                row(
                        "postgresql://u:a\ud800@db",
                        "DATABASE_URL is not valid Unicode in the part that starts, at character 16.",
                        "Check the encoding that it was written in."),
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
                        "Host=db;Username=app;Password=s3cr3t",
                        "DATABASE_URL is a list of keywords and values, not a URL.",
                        "Write postgresql://user:password@host:port/database."),
                row(
                        "host=db",
                        "DATABASE_URL is a list of keywords and values, not a URL.",
                        "Write postgresql://user:password@host:port/database."),
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
                        "jdbc:postgresql://u:p@db/app",
                        "DATABASE_URL has a user before its host, which a jdbc: URL does not support, at character 22.",
                        "Write ?user=...&password=... after the database, or start the URL with postgresql://."),
                row(
                        "jdbc:postgresql://u@db/app",
                        "DATABASE_URL has a user before its host, which a jdbc: URL does not support, at character 20.",
                        "Write ?user=...&password=... after the database, or start the URL with postgresql://."),
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
                        "jdbc:postgresql:db:5432/app",
                        "DATABASE_URL has no '//' before its host.",
                        "Write jdbc:postgresql://host:port/database."),
                row(
                        "jdbc:postgresql://db/app?user=app&amp;password=s3cr3t",
                        "DATABASE_URL has '&amp;', which is an '&' that was escaped, at character 34.",
                        "Write & in place of it."),
                row(
                        "postgresql://db/app?sslmode=require\\u0026user=app",
                        "DATABASE_URL has '\\u0026', which is an '&' that was escaped, at character 36.",
                        "Write & in place of it."),
                row(
                        "postgresql://dbname=app user=app host=db",
                        "DATABASE_URL has keywords and values after its scheme.",
                        "Write postgresql://user:password@host:port/database."),
                row(
                        "postgresql://db/app\n?sslmode=require",
                        "DATABASE_URL has a line break, at character 20.",
                        "Write the URL on one line."),
                row(
                        "postgresql://db:${{ job.ports[5432] }}/app",
                        "DATABASE_URL has a reference that nothing has replaced, at character 18.",
                        "Write the value itself, or let the deployment replace the reference."),
                row(
                        "postgresql://app@/cloudsql/shop:us-central1:main/app",
                        "DATABASE_URL has a Unix socket directory in place of a host, and only TCP hosts are supported, at"
                                + " character 18.",
                        "Use the address of the instance, or run the Cloud SQL Auth Proxy with a TCP port and use"
                                + " 127.0.0.1."),
                row(
                        "prisma+postgres://accelerate.prisma-data.net/?api_key=s3cr3t",
                        "DATABASE_URL is a URL of Prisma's own service, which only Prisma can use.",
                        "Set the URL of the database itself, which Prisma also needs for migrations."),
                row(
                        "jdbc:tc:postgresql:16:///app",
                        "DATABASE_URL is a URL of Testcontainers, which only its own driver can use.",
                        "Set what getJdbcUrl(), getUsername() and getPassword() of the container return."),
                row(
                        "psql \"host=db user=app\"",
                        "DATABASE_URL is a psql command, not a URL.",
                        "Write postgresql://user:password@host:port/database."),
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

    private static String portNotNumber(int character) {
        return "DATABASE_URL has a port that is not a number, at character " + character + ".";
    }

    private static Arguments row(String url, String message, String... fixes) {
        return arguments(url, message, List.of(fixes));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void parse_invalidUrl_addsAProblemWithPositionAndFix(String url, String message, List<String> fixes) {
        parse(url);

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.setting()).isEqualTo("DATABASE_URL");
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.source()).startsWith("From: ").endsWith("environment variable DATABASE_URL");
            assertThat(problem.fixes()).isEqualTo(fixes);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://app:s3cr3t@x@db/x",
                "postgresql://app:s3cr3t/x@db/x",
                "postgresql://app:s3cr3t%@db/x",
                "postgresql://app:s3cr3t",
                "postgresql://app:1/s3cr3t@db/x",
                "postgresql://db?user=a&password=s3cr3t@x",
                "postgresql://db:1?user=a&password=x@s3cr3t",
                "postgresql://db?passwort=s3cr3t",
                "postgresql://db?s3cr3t",
                "postgresql://db?s3cr3t%20=x",
                "postgresql://db?password=a&s3cr3t=x",
                "postgresql://db?sslmode=s3cr3t",
                "postgresql://db?port=s3cr3t",
                "postgresql://db?connect_timeout=s3cr3t",
                "postgresql://[s3cr3t]/x",
                "jdbc:postgresql://app:s3cr3t@db/x",
                "jdbc:postgresql://db/x?password=s3cr3t&s3cr3t",
                "jdbc:postgresql:app:s3cr3t@db/x",
                "s3cr3t"
            })
    void parse_wrongUrl_showsNoPartOfIt(String url) {
        List<RawValue> values = parse(url);

        assertThat(problems.all()).isNotEmpty();
        assertThat(problems.all().toString()).doesNotContain("s3cr3t");
        assertThat(values.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void parse_severalMistakes_areReportedTogetherAndTheRestCounts() {
        List<RawValue> values = parse("postgresql://db/app?sslmode=yes&connect_timeout=x&hostaddr=1&user=u");

        assertThat(problems.all())
                .extracting(Problem::message)
                .containsExactly(
                        "sslmode in DATABASE_URL is not an SSL mode.",
                        "connect_timeout in DATABASE_URL is not a whole number of seconds.",
                        "hostaddr in DATABASE_URL is not supported: with an address beside the host name it is"
                                + " not clear which of them is verified.");
        assertThat(described(values)).containsExactly("host=db", "name=app", "user=u");
    }
}
