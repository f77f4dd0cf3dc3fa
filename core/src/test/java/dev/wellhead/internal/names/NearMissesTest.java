package dev.wellhead.internal.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables whose names are similar to a variable that would be read, and others that are not. */
class NearMissesTest {

    @ParameterizedTest
    @CsvSource({
        "DATABSE_URL, DATABASE_URL",
        "DATABASE_URI, DATABASE_URL",
        "DBHOST, DB_HOST",
        "BD_HOST, DB_HOST",
        "PGHOTS, PGHOST",
        "PGPASWORD, PGPASSWORD",
        "PGSERVICES, PGSERVICE",
        "ENVIROMENT, ENVIRONMENT",
        "environment, ENVIRONMENT",
        "database_url, DATABASE_URL",
        "db_host, DB_HOST",
        "db.host, DB_HOST",
        "db-maximum-pool-size, DB_MAXIMUM_POOL_SIZE",
        "PGHOST_, PGHOST",
        "pgpassword, PGPASSWORD",
    })
    void all_similarName_isSuggested(String variable, String suggestion) {
        assertThat(all("default", variable + "=x"))
                .extracting(NearMiss::message)
                .containsExactly(variable + " is set, but nothing reads it. Did you mean " + suggestion + "?");
    }

    @ParameterizedTest
    @CsvSource({
        // other spellings
        "DATABASE_HOST, DB_HOST",
        "DATABASE_USERNAME, DB_USER",
        "DATABASE_NAME, DB_NAME",
        "DATABASE_SSL, DB_SSLMODE",
        "FILE__DB_PASSWORD, DB_PASSWORD_FILE",
        "FILE__DB_SSLROOTCERT, DB_SSLROOTCERT",
        "INSTANCE_CONNECTION_NAME, DB_HOST",
        "PG_USE_IAM_AUTHENTICATION, DB_AUTH",
        "QUARKUS_DATASOURCE__USERS__JDBC_URL, DATABASE_URL",
        "DBURL, DATABASE_URL",
        "DBUSERNAME, DB_USER",
        "PGURL, DATABASE_URL",
        "PGHOSTNAME, DB_HOST",
        "PGUSERNAME, DB_USER",
        "PGSSL, DB_SSLMODE",
        "POSTGRES_URL, DATABASE_URL",
        "POSTGRES_HOST, DB_HOST",
        "POSTGRES_USER, DB_USER",
        "POSTGRES_PASSWORD, DB_PASSWORD",
        "POSTGRES_DB, DB_NAME",
        "POSTGRES_PORT, DB_PORT",
        "POSTGRESQL_HOST, DB_HOST",
        "POSTGRESQL_DATABASE, DB_NAME",
        "PG_HOST, DB_HOST",
        "PG_DATABASE, DB_NAME",
        // frameworks
        "JDBC_URL, DATABASE_URL",
        "SPRING_DATASOURCE_URL, DATABASE_URL",
        "SPRING_DATASOURCE_USERNAME, DB_USER",
        "SPRING_DATASOURCE_PASSWORD, DB_PASSWORD",
        "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE, DB_MAXIMUM_POOL_SIZE",
        "spring.datasource.url, DATABASE_URL",
        "QUARKUS_DATASOURCE_JDBC_URL, DATABASE_URL",
        "QUARKUS_DATASOURCE_USERNAME, DB_USER",
        "QUARKUS_DATASOURCE_JDBC_MAX_SIZE, DB_MAXIMUM_POOL_SIZE",
        "DATASOURCES_DEFAULT_URL, DATABASE_URL",
        "SPRING_R2DBC_URL, DATABASE_URL",
        "R2DBC_URL, DATABASE_URL",
        "HIBERNATE_CONNECTION_URL, DATABASE_URL",
        "JAKARTA_PERSISTENCE_JDBC_URL, DATABASE_URL",
        "SQLALCHEMY_DATABASE_URI, DATABASE_URL",
        "TYPEORM_HOST, DB_HOST",
        // platforms
        "JDBC_DATABASE_URL, DATABASE_URL",
        "JDBC_DATABASE_USERNAME, DB_USER",
        "HEROKU_POSTGRESQL_JADE_URL, DATABASE_URL",
        "DATABASE_PRIVATE_URL, DATABASE_URL",
        "DATABASE_PUBLIC_URL, DATABASE_URL",
        "INTERNAL_DATABASE_URL, DATABASE_URL",
        "POSTGRESQL_ADDON_URI, DATABASE_URL",
        "POSTGRESQL_ADDON_HOST, DB_HOST",
        "POSTGRESQL_ADDON_DB, DB_NAME",
        "RDS_HOSTNAME, DB_HOST",
        "RDS_DB_NAME, DB_NAME",
        "AZURE_POSTGRESQL_CONNECTIONSTRING, DATABASE_URL",
        "AZURE_POSTGRESQL_HOST, DB_HOST",
        "POSTGRESQLCONNSTR_main, DATABASE_URL",
        "INSTANCE_HOST, DB_HOST",
        "INSTANCE_CONNECTION_NAME, DB_HOST",
        "SUPABASE_DB_URL, DATABASE_URL",
        "NEON_DATABASE_URL, DATABASE_URL",
        "DATABASE_URL_UNPOOLED, DATABASE_URL",
        "POSTGRES_PRISMA_URL, DATABASE_URL",
        "POSTGRES_URL_NON_POOLING, DATABASE_URL",
        "DIRECT_URL, DATABASE_URL",
    })
    void all_nameOfAnotherLibraryOrPlatform_hasTheRightName(String variable, String suggestion) {
        assertThat(all("default", variable + "=x"))
                .extracting(NearMiss::variable, NearMiss::suggestion)
                .containsExactly(tuple(variable, suggestion));
    }

    @Test
    void all_foreignVariableOfANamedDatabase_hasItsRightName() {
        assertThat(all("ledger", "LEDGER_POSTGRES_HOST=db LEDGER_JDBC_URL=x POSTGRES_HOST=other ledger_db_name=x"))
                .extracting(NearMiss::suggestion)
                .containsExactly("LEDGER_DATABASE_URL", "LEDGER_DB_HOST", "LEDGER_DB_NAME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // other programs and databases
                "DB2_HOST=db",
                "DB2INSTANCE=db2inst1",
                "DBT_HOST=db",
                "DBT_PASSWORD=x",
                "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/0/bus",
                "MB_DB_HOST=db",
                "KC_DB_URL=jdbc:postgresql://db/keycloak",
                "GF_DATABASE_HOST=db",
                "WORDPRESS_DB_HOST=db",
                "MONGODB_URI=mongodb://db",
                "MONGO_URL=mongodb://db",
                "MYSQL_HOST=db",
                "MYSQL_DATABASE=app",
                "REDIS_URL=redis://db",
                "CACHE_URL=redis://db",
                "SPRING_DATASOURCE_URL=jdbc:mysql://db/app",
                "SPRING_DATASOURCE_URL=jdbc:h2:mem:test",
                "JDBC_URL=jdbc:oracle:thin:@db:1521/app",
                "DATABASE_URI=mysql://db/app",
                "SUPABASE_URL=https://x.supabase.co",
                "SUPABASE_KEY=x",
                "SPRING_DATA_REDIS_HOST=redis",
                "LEDGER_DB_HOST=db",
                "LEDGER_DATABASE_URL=postgresql://db/ledger",
                // the server's own, and the tools of PostgreSQL
                "POSTGRES_VERSION=16",
                "POSTGRES_HOST_AUTH_METHOD=trust",
                "POSTGRES_INITDB_ARGS=--data-checksums",
                "PG_MAJOR=16",
                "PG_VERSION=16.3",
                "PGDATA=/data",
                // links that Kubernetes and Docker add for services called postgres, database and db
                "POSTGRES_PORT=tcp://10.0.0.1:5432",
                "POSTGRES_SERVICE_HOST=10.0.0.1",
                "POSTGRES_SERVICE_PORT=5432",
                "POSTGRES_PORT_5432_TCP_ADDR=10.0.0.1",
                "DATABASE_PORT=tcp://10.0.0.1:5432",
                "DATABASE_SERVICE_HOST=10.0.0.1",
                "DB_PORT_5432_TCP_ADDR=10.0.0.1",
                // the machine
                "DISPLAY=:0",
                "HOSTNAME=web-1",
                "USER=app",
                "USERNAME=app",
                "PORT=8080",
                "HOST=0.0.0.0",
                "URL=http://x",
                "PASSWORD=x",
                "DEBUG=1"
            })
    void all_variableOfAnotherProgram_isNotReported(String variable) {
        assertThat(all("default", variable)).isEmpty();
    }

    /** An unknown variable that begins with DB_ is a problem of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_HOTS",
                "DB_HOST",
                "PGHOST",
                "PGDATA",
                "PGTZ",
                "PGCLUSTER",
                "DATABASE_URL",
                "ENVIRONMENT",
                "PATH",
                "HOME",
                "JAVA_HOME",
                "LEDGER_DB_HOST",
                "REDIS_URL",
                "ENV"
            })
    void all_knownOrUnrelatedName_isNotReported(String variable) {
        assertThat(all("default", variable + "=x")).isEmpty();
    }

    @Test
    void all_blankVariable_isNotReported() {
        assertThat(new NearMisses(name("default"), java.util.Map.of("DATABSE_URL", "  ")).all())
                .isEmpty();
    }

    @Test
    void all_severalVariables_areInTheOrderOfTheirNames() {
        assertThat(all("default", "PGHOTS=x DBHOST=x ENVIROMENT=x"))
                .extracting(NearMiss::variable)
                .containsExactly("DBHOST", "ENVIROMENT", "PGHOTS");
    }

    @Test
    void all_variableOfTheUnnamedDatabase_isReportedForANamedOne() {
        List<NearMiss> found = all("ledger", "DB_HOST=db");

        assertThat(found).containsExactly(new NearMiss("DB_HOST", "LEDGER_DB_HOST", "database", Settings.HOST));
        assertThat(found.get(0).message())
                .isEqualTo("DB_HOST is set, but it belongs to the unnamed database. Did you mean LEDGER_DB_HOST?");
    }

    @Test
    void all_bothDatabasesConfigured_isNotReported() {
        assertThat(all("ledger", "DB_HOST=db LEDGER_DB_HOST=other")).isEmpty();
    }

    @Test
    void message_ofSeveral_isOneSentence() {
        assertThat(NearMiss.message(
                        all("default", "POSTGRES_HOST=db POSTGRES_USER=u POSTGRES_DB=d POSTGRES_DATABASE=d")))
                .isEqualTo("POSTGRES_DATABASE, POSTGRES_DB, POSTGRES_HOST and POSTGRES_USER are set, but nothing reads"
                        + " them. Did you mean DB_NAME, DB_HOST and DB_USER?");
        assertThat(NearMiss.message(List.of())).isEmpty();
    }

    /** libpq's variables apply only to the unnamed database. */
    @Test
    void all_libpqVariableForANamedDatabase_isNotReported() {
        assertThat(all("ledger", "PGHOTS=db")).isEmpty();
    }

    @Test
    void reportSimilarName_otherDatabaseOnly_suggestsTheVariable() {
        Problems problems = new Problems();

        new NearMisses(name("ledger"), Resolve.environment("LEGDER_DB_HOST=db")).reportSimilarName(problems);

        assertThat(Resolve.lines(problems.all()))
                .containsExactly(
                        "Nothing is set for database 'ledger', but LEGDER_DB_HOST is set.",
                        "From: environment variable LEGDER_DB_HOST",
                        "Did you mean LEDGER_DB_HOST?",
                        "If LEGDER_DB_HOST belongs to another database, also set LEDGER_DB_HOST.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BILLING_DB_HOST=db", "LEGDER_DB_COLOUR=red", "DB_HOST=db", "DATABASE_URL=x"})
    void reportSimilarName_unrelatedVariable_isNotReported(String variable) {
        Problems problems = new Problems();

        new NearMisses(name("ledger"), Resolve.environment(variable)).reportSimilarName(problems);

        assertThat(problems.all()).isEmpty();
    }

    private static List<NearMiss> all(String name, String variables) {
        return new NearMisses(name(name), Resolve.environment(variables)).all();
    }

    private static DatabaseName name(String value) {
        return DatabaseName.of(value, Catalogue.DATABASES, new Problems());
    }
}
