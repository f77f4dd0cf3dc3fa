package dev.wellhead.internal.url;

import static dev.wellhead.internal.url.UrlProblems.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs whose scheme, user, password, host, port or database cannot be read. */
class MalformedUrlTest {

    private static final String ENCODE =
            "In a user or password write %40 for '@', %2F for '/', %3A for ':', %3F for '?', %25 for '%'.";

    static Stream<Arguments> urls() {
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
                        "Host=db;Username=app;Password=s3cr3t",
                        "DATABASE_URL is a list of keywords and values, not a URL.",
                        "Write postgresql://user:password@host:port/database."),
                row(
                        "host=db",
                        "DATABASE_URL is a list of keywords and values, not a URL.",
                        "Write postgresql://user:password@host:port/database."),
                row(
                        "jdbc:postgresql://u:p@db/app",
                        "DATABASE_URL has a user before its host, which a jdbc: URL does not support, at character 22.",
                        "Write ?user=...&password=... after the database, or start the URL with postgresql://."),
                row(
                        "jdbc:postgresql://u@db/app",
                        "DATABASE_URL has a user before its host, which a jdbc: URL does not support, at character 20.",
                        "Write ?user=...&password=... after the database, or start the URL with postgresql://."),
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
                        "Write postgresql://user:password@host:port/database."));
    }

    private static String portNotNumber(int character) {
        return "DATABASE_URL has a port that is not a number, at character " + character + ".";
    }

    @ParameterizedTest
    @MethodSource("urls")
    void parse_malformedUrl_addsAProblemWithPositionAndFix(String url, String message, List<String> fixes) {
        UrlProblems.assertOnlyProblem(url, message, fixes);
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
        Problems problems = new Problems();

        List<RawValue> values = UrlProblems.parse(url, problems);

        assertThat(problems.all()).isNotEmpty();
        assertThat(problems.all().toString()).doesNotContain("s3cr3t");
        assertThat(values.toString()).doesNotContain("s3cr3t");
    }
}
