package dev.wellhead.internal.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The expected results for libpq URLs were compared with psql 15. */
class ConnectionUrlTest {

    private final Problems problems = new Problems();

    private List<RawValue> parse(String url) {
        return UrlProblems.parse(url, problems);
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
        assertThat(UrlProblems.described(parse(url))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void parse_value_hasItsPlaceInTheUrlAsOrigin() {
        assertThat(parse("postgresql://db"))
                .extracting(RawValue::origin)
                .containsExactly(new Origin.UrlPart("host", "DATABASE_URL"));
    }
}
