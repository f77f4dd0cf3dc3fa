package dev.wellhead.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OriginTest {

    private static final Origin.Variable HOST = Origin.Variable.of("DB_HOST");

    static Stream<Arguments> origins() {
        return Stream.of(
                arguments(new Origin.BuilderCall(), Origin.Kind.BUILDER, "set on the builder", null),
                arguments(
                        new Origin.JdbcUrlPart("host", "the JDBC URL"),
                        Origin.Kind.BUILDER,
                        "host in the JDBC URL",
                        "host in the JDBC URL"),
                arguments(
                        new Origin.SystemProperty("wellhead.databases.default.host"),
                        Origin.Kind.SYSTEM_PROPERTY,
                        "system property wellhead.databases.default.host",
                        "wellhead.databases.default.host"),
                arguments(HOST, Origin.Kind.ENVIRONMENT_VARIABLE, "environment variable DB_HOST", "DB_HOST"),
                arguments(
                        Origin.Variable.ofLibpq("PGHOST"), Origin.Kind.LIBPQ, "environment variable PGHOST", "PGHOST"),
                arguments(
                        new Origin.UrlPart("host", "DATABASE_URL"),
                        Origin.Kind.ENVIRONMENT_VARIABLE,
                        "host in environment variable DATABASE_URL",
                        "host in DATABASE_URL"),
                arguments(
                        new Origin.ValueFile("DB_USER_FILE", "/run/secrets/user", ""),
                        Origin.Kind.ENVIRONMENT_VARIABLE,
                        "file /run/secrets/user (DB_USER_FILE)",
                        "DB_USER_FILE"),
                arguments(
                        new Origin.ValueFile("DATABASE_URL_FILE", "/run/secrets/url", "host"),
                        Origin.Kind.ENVIRONMENT_VARIABLE,
                        "host in file /run/secrets/url (DATABASE_URL_FILE)",
                        "host in DATABASE_URL_FILE"),
                arguments(
                        new Origin.ServiceBinding("orders", "host"),
                        Origin.Kind.SERVICE_BINDING,
                        "host in service binding orders",
                        "host in service binding orders"),
                arguments(
                        new Origin.ConfigurationLine("application.conf", 12, null),
                        Origin.Kind.CONFIGURATION_FILE,
                        "application.conf:12",
                        null),
                arguments(
                        new Origin.ConfigurationLine("application.conf", 12, "APP_DB_HOST"),
                        Origin.Kind.CONFIGURATION_FILE,
                        "application.conf:12, from environment variable APP_DB_HOST",
                        null),
                arguments(
                        new Origin.ConfigurationLine("application.conf", 0, null),
                        Origin.Kind.CONFIGURATION_FILE,
                        "application.conf",
                        null),
                arguments(
                        new Origin.ApplicationProperty(
                                "wellhead.databases.default.host",
                                "",
                                "application.yml",
                                7,
                                Origin.Kind.CONFIGURATION_FILE),
                        Origin.Kind.CONFIGURATION_FILE,
                        "wellhead.databases.default.host (application.yml:7)",
                        "wellhead.databases.default.host"),
                arguments(
                        new Origin.ApplicationProperty(
                                "wellhead.databases.default.url",
                                "host",
                                "command line",
                                0,
                                Origin.Kind.SYSTEM_PROPERTY),
                        Origin.Kind.SYSTEM_PROPERTY,
                        "host in wellhead.databases.default.url (command line)",
                        "host in wellhead.databases.default.url"),
                arguments(new Origin.LibpqFile("~/.pgpass", 2), Origin.Kind.LIBPQ, "~/.pgpass:2", null),
                arguments(
                        new Origin.LibpqFile("~/.postgresql/root.crt", 0),
                        Origin.Kind.LIBPQ,
                        "~/.postgresql/root.crt",
                        null),
                arguments(
                        new Origin.SecretField("secret 'prod/ledger'", "host"),
                        Origin.Kind.SECRET,
                        "host in secret 'prod/ledger'",
                        null),
                arguments(
                        new Origin.SecretField("secret 'prod/ledger'", ""),
                        Origin.Kind.SECRET,
                        "secret 'prod/ledger'",
                        null),
                arguments(
                        new Origin.StartedServer("embedded PostgreSQL 16"),
                        Origin.Kind.LOCAL_DATABASE,
                        "embedded PostgreSQL 16",
                        null),
                arguments(new Origin.DefaultOf(null), Origin.Kind.DEFAULT, "default", null),
                arguments(new Origin.DefaultOf("local"), Origin.Kind.DEFAULT, "default for environment 'local'", null),
                arguments(
                        new Origin.Derived("follows from pooler 'pgbouncer'"),
                        Origin.Kind.DERIVED,
                        "follows from pooler 'pgbouncer'",
                        null),
                arguments(
                        new Origin.OfSetting("host", HOST),
                        Origin.Kind.ENVIRONMENT_VARIABLE,
                        "host (environment variable DB_HOST)",
                        "DB_HOST"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("origins")
    void origin_ofEachKind_computesItsTextFromItsData(
            Origin origin, Origin.Kind kind, String description, @Nullable String key) {
        assertThat(origin.kind()).isEqualTo(kind);
        assertThat(origin.description()).isEqualTo(description);
        assertThat(origin.key().orElse(null)).isEqualTo(key);
    }

    @Test
    void origin_everyRecord_isTested() {
        assertThat(origins().map(row -> row.get()[0].getClass().getSimpleName()).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Origin.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
    }
}
