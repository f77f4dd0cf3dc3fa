package dev.wellhead.internal.url;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Sensitive;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of providers and of other languages, with URLs as those hand them out. */
class ForeignParametersTest {

    private final Problems problems = new Problems();

    private List<RawValue> parse(String url) {
        return ConnectionUrl.parse(Sensitive.of(url), "DATABASE_URL", Catalogue.DATABASES, problems);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            pgbouncer=true                        | pgbouncer                   | DB_POOLER=pgbouncer
            connection_limit=1                    | connection_limit            | DB_MAXIMUM_POOL_SIZE=1
            pool_timeout=20                       | pool_timeout                | DB_CONNECTION_TIMEOUT=20s
            socket_timeout=5                      | socket_timeout              | DB_SOCKET_TIMEOUT=5s
            schema=public                         | schema                      | DB_SCHEMA
            sslaccept=strict                      | sslaccept                   | DB_SSLMODE=verify-full
            sslaccept=accept_invalid_certs        | sslaccept                   | DB_SSLMODE=require
            sslidentity=client.p12                | sslidentity                 | DB_SSLKEY
            statement_cache_size=0                | statement_cache_size        | DB_PREPARE_THRESHOLD=0
            statement_cache_size=100              | statement_cache_size        | DB_PREPARE_THRESHOLD
            prepared_statements=false             | prepared_statements         | DB_PREPARE_THRESHOLD=0
            prepare_threshold=0                   | prepare_threshold           | DB_PREPARE_THRESHOLD=0
            statement_limit=200                   | statement_limit             | DB_PREPARED_STATEMENT_CACHE_QUERIES=200
            default_query_exec_mode=simple_protocol | default_query_exec_mode   | DB_PREPARE_THRESHOLD=0
            pool=5                                | pool                        | DB_MAXIMUM_POOL_SIZE=5
            checkout_timeout=5                    | checkout_timeout            | DB_CONNECTION_TIMEOUT=5s
            idle_timeout=300                      | idle_timeout                | DB_IDLE_TIMEOUT=300s
            schema_search_path=app,public         | schema_search_path          | DB_SCHEMA
            CONN_MAX_AGE=600                      | CONN_MAX_AGE                | DB_MAX_LIFETIME=600s
            pool_max_conns=10                     | pool_max_conns              | DB_MAXIMUM_POOL_SIZE=10
            pool_min_conns=2                      | pool_min_conns              | DB_MINIMUM_IDLE=2
            pool_max_conn_lifetime=1h             | pool_max_conn_lifetime      | DB_MAX_LIFETIME=1h
            pool_max_conn_idle_time=30m           | pool_max_conn_idle_time     | DB_IDLE_TIMEOUT=30m
            pool_health_check_period=1m           | pool_health_check_period    | DB_KEEPALIVE_TIME=1m
            max=20                                | max                         | DB_MAXIMUM_POOL_SIZE=20
            idleTimeoutMillis=30000               | idleTimeoutMillis           | DB_IDLE_TIMEOUT=30000ms
            connectionTimeoutMillis=5000          | connectionTimeoutMillis     | DB_CONNECT_TIMEOUT=5000ms
            statement_timeout=5000                | statement_timeout           | DB_STATEMENT_TIMEOUT=5000ms
            command_timeout=30                    | command_timeout             | DB_STATEMENT_TIMEOUT=30s
            Maximum%20Pool%20Size=50              | Maximum Pool Size           | DB_MAXIMUM_POOL_SIZE=50
            MinPoolSize=5                         | MinPoolSize                 | DB_MINIMUM_IDLE=5
            Search%20Path=app                     | Search Path                 | DB_SCHEMA
            Trust%20Server%20Certificate=true     | Trust Server Certificate    | DB_SSLMODE=require
            IncludeErrorDetail=true               | IncludeErrorDetail          | DB_DRIVER_LOG_SERVER_ERROR_DETAIL
            timezone=UTC                          | timezone                    | DB_TIME_ZONE
            search_path=app                       | search_path                 | DB_SCHEMA
            username=app                          | username                    | DB_USER
            maximumPoolSize=20                    | maximumPoolSize             | DB_MAXIMUM_POOL_SIZE=20
            maximumPoolSize=many                  | maximumPoolSize             | DB_MAXIMUM_POOL_SIZE
            """)
    void parse_parameterWithASetting_namesItAndTheValue(String parameter, String name, String assignment) {
        parse("postgresql://db/app?" + parameter);

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message())
                    .isEqualTo("DATABASE_URL has " + name + ", which is not a parameter of libpq.");
            assertThat(problem.fixes())
                    .containsExactly("Set " + assignment + ", and leave " + name + " out of the URL.");
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            supa=base-pooler.x           | Leave it out: it only marks the URL for another program.
            workaround=supabase-pooler.vercel | Leave it out: it only marks the URL for another program.
            charset=utf8                 | Leave it out: the connection always uses UTF-8.
            encoding=unicode             | Leave it out: the connection always uses UTF-8.
            reaping_frequency=10         | Leave it out: the pool checks its connections itself.
            pool_pre_ping=true           | Leave it out: the pool checks its connections itself.
            max_overflow=5               | Set maximumPoolSize to the whole number of connections: the pool has a fixed maximum.
            Pooling=true                 | Leave it out: there is always a pool.
            binary_parameters=yes        | Leave it out: Wellhead uses no server-side cursor unless the program does.
            uselibpqcompat=true          | Leave it out: it only marks the URL for another program.
            """)
    void parse_parameterWithoutASetting_hasTheReason(String parameter, String fix) {
        parse("postgresql://db/app?" + parameter);

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).endsWith(", which is not a parameter of libpq.");
            assertThat(problem.fixes()).containsExactly(fix);
        });
    }

    @Test
    void parse_jdbcUrl_namesThatItIsNoParameterOfTheDriver() {
        parse("jdbc:postgresql://db/app?pgbouncer=true&schema=app");

        assertThat(problems.all())
                .extracting(Problem::message)
                .containsExactly(
                        "DATABASE_URL has pgbouncer, which is not a parameter of pgjdbc.",
                        "DATABASE_URL has schema, which is not a parameter of pgjdbc.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LEDGER_DATABASE_URL", "LEDGER_DATABASE_URL_FILE"})
    void parse_urlOfANamedDatabase_namesItsVariables(String variable) {
        ConnectionUrl.parse(
                Sensitive.of("postgresql://db/app?pgbouncer=true"), variable, Catalogue.DATABASES, problems);

        assertThat(problems.all().get(0).fixes())
                .containsExactly("Set LEDGER_DB_POOLER=pgbouncer, and leave pgbouncer out of the URL.");
    }

    @Test
    void parse_severalOfAProvider_areReportedTogether() {
        parse("postgresql://u:p@db:6543/postgres?pgbouncer=true&connection_limit=1&schema=public&pool_timeout=0");

        assertThat(problems.all()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "sslmode=no-verify, require",
        "sslmode=true, require",
        "sslmode=required, require",
        "sslmode=false, disable",
        "sslmode=verify_identity, verify-full",
        "sslmode=preferred, prefer"
    })
    void parse_sslModeOfAnotherLibrary_suggestsTheMode(String parameter, String mode) {
        parse("postgresql://db/app?" + parameter);

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("sslmode in DATABASE_URL is not an SSL mode.");
            assertThat(problem.fixes()).startsWith("Did you mean '" + mode + "'?");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ssl=0         | Use sslmode=disable, or leave it out for the default.
            ssl=false     | Use sslmode=disable, or leave it out for the default.
            ssl=1         | Use sslmode=require.
            ssl=no-verify | Use sslmode=require.
            ssl=rejectUnauthorized | Use sslmode, such as sslmode=verify-full.
            """)
    void parse_sslOfAnotherLibrary_suggestsTheMode(String parameter, String fix) {
        parse("postgresql://db/app?" + parameter);

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("DATABASE_URL has ssl with a value other than true.");
            assertThat(problem.fixes()).containsExactly(fix);
        });
    }

    /** The URL that Neon hands out works with the parameters as they are. */
    @Test
    void parse_optionsOfNeon_areOptions() {
        List<RawValue> values = parse("postgresql://u:p@ep-x.aws.neon.tech/db?sslmode=require&channel_binding=require"
                + "&options=endpoint%3Dep-x");

        assertThat(problems.all()).isEmpty();
        assertThat(values).anySatisfy(value -> {
            assertThat(value.setting().name()).isEqualTo("options");
            assertThat(value.text().reveal()).isEqualTo("endpoint=ep-x");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            postgresql+psycopg2://u:s3cr3t@db/app        | postgresql+psycopg2            | postgresql
            postgresql+asyncpg://u:s3cr3t@db/app         | postgresql+asyncpg             | postgresql
            postgis://u:s3cr3t@db/app                    | postgis                        | postgresql
            POSTGRES://u:s3cr3t@db/app                   | POSTGRES                       | postgresql
            r2dbc:postgresql://u:s3cr3t@db/app           | r2dbc:postgresql               | postgresql
            jdbc:aws-wrapper:postgresql://db/app         | jdbc:aws-wrapper:postgresql    | jdbc:postgresql
            jdbc-secretsmanager:postgresql://db/app      | jdbc-secretsmanager:postgresql | jdbc:postgresql
            JDBC:postgresql://db/app                     | JDBC:postgresql                | jdbc:postgresql
            """)
    void parse_schemeOfAnotherLibrary_namesTheRightOne(String url, String scheme, String right) {
        parse(url);

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message())
                    .isEqualTo("DATABASE_URL starts with " + scheme + "://, which neither libpq nor pgjdbc has.");
            assertThat(problem.fixes()).containsExactly("Start it with " + right + "://.");
            assertThat(problem.toString()).doesNotContain("s3cr3t");
        });
    }

    /** An ampersand in a password that is not encoded makes the rest of the password look like a parameter. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://db/app?password=ab&s3cr3t=x",
                "postgresql://db/app?sslpassword=ab&s3cr3t=x",
                "postgresql://db/app?passwd=ab&s3cr3t=x",
                "jdbc:postgresql://db/app?user=u&password=ab&s3cr3t=x"
            })
    void parse_unknownParameterAfterAPassword_isNotShown(String url) {
        parse(url);

        assertThat(problems.all()).isNotEmpty();
        assertThat(problems.all().toString()).doesNotContain("s3cr3t");
        assertThat(problems.all().get(problems.all().size() - 1).fixes())
                .containsExactly("Write %26 for an '&' in a password.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9abc=x", "s3cr3t=x", "s3%63r3t!=x", "s3cr3t%20x=y"})
    void parse_unknownNameThatIsNoIdentifier_isNotShown(String parameter) {
        parse("postgresql://db/app?" + parameter);

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("DATABASE_URL has an unknown parameter, at character 21.");
            assertThat(problem.toString()).doesNotContain("s3cr3t");
        });
    }
}
