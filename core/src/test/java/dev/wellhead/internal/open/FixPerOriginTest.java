package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first line and the fix of a failed start, for every kind of origin: they name what the user has set. */
class FixPerOriginTest {

    /** The values of one start. A failure replaces one of them by a wrong one. */
    private record Values(String host, int port, String name, String user, String password, String sslmode) {

        Map<String, String> byLibpqName() {
            return Map.of(
                    "host", host,
                    "port", Integer.toString(port),
                    "dbname", name,
                    "user", user,
                    "password", password,
                    "sslmode", sslmode);
        }
    }

    /** The places in which a user can set the values. */
    private enum Place {
        URL {
            @Override
            SettingsRequest request(Values v, Path directory) {
                return SettingsRequest.of(
                        "default",
                        Map.of(
                                "DATABASE_URL",
                                "postgresql://" + v.user + ":" + v.password + "@" + v.host + ":" + v.port + "/" + v.name
                                        + "?sslmode=" + v.sslmode));
            }

            @Override
            String reference(String word) {
                return "the " + word + " in DATABASE_URL";
            }
        },
        VARIABLES {
            @Override
            SettingsRequest request(Values v, Path directory) {
                Map<String, String> environment = new HashMap<>();
                v.byLibpqName().forEach((name, value) -> environment.put("DB_" + setting(name), value));
                return SettingsRequest.of("default", environment);
            }

            @Override
            String reference(String word) {
                return "DB_" + setting(word);
            }
        },
        LIBPQ_VARIABLES {
            @Override
            SettingsRequest request(Values v, Path directory) {
                Map<String, String> environment = new HashMap<>();
                v.byLibpqName().forEach((name, value) -> environment.put(variable(name), value));
                return SettingsRequest.of("default", environment);
            }

            @Override
            String reference(String word) {
                return variable(word);
            }

            private static String variable(String word) {
                return switch (word) {
                    case "dbname", "database name" -> "PGDATABASE";
                    default -> "PG" + word.toUpperCase(Locale.ROOT);
                };
            }
        },
        SYSTEM_PROPERTIES {
            @Override
            SettingsRequest request(Values v, Path directory) {
                Map<String, String> properties = new HashMap<>();
                v.byLibpqName().forEach((name, value) -> properties.put(property(name), value));
                return new SettingsRequest("default", Map.of(), properties, null, null, List.of(), List.of(), false);
            }

            @Override
            String reference(String word) {
                return "the system property " + property(word);
            }

            private static String property(String word) {
                return "wellhead.databases.default." + setting(word).toLowerCase(Locale.ROOT);
            }
        },
        CONFIGURATION_FILE {
            @Override
            SettingsRequest request(Values v, Path directory) throws IOException {
                Path file = directory.resolve("application.conf");
                StringBuilder text = new StringBuilder("wellhead.databases.default {\n");
                for (String name : ORDER) {
                    text.append(setting(name).toLowerCase(Locale.ROOT))
                            .append(" = \"")
                            .append(v.byLibpqName().get(name))
                            .append("\"\n");
                }
                Files.writeString(file, text.append("}\n"));
                return new SettingsRequest(
                        "default",
                        Map.of(),
                        Map.of("config.file", file.toString()),
                        null,
                        null,
                        List.of(),
                        List.of(),
                        false);
            }

            @Override
            String reference(String word) {
                return "the " + word + " in FILE:" + (ORDER.indexOf(libpq(word)) + 2);
            }
        },
        SERVICE_FILE {
            @Override
            SettingsRequest request(Values v, Path directory) throws IOException {
                StringBuilder text = new StringBuilder("[app]\n");
                for (String name : ORDER) {
                    text.append(name)
                            .append('=')
                            .append(v.byLibpqName().get(name))
                            .append('\n');
                }
                Files.writeString(directory.resolve(".pg_service.conf"), text);
                return SettingsRequest.of("default", Map.of("HOME", directory.toString(), "PGSERVICE", "app"));
            }

            @Override
            String reference(String word) {
                return "the " + word + " in ~/.pg_service.conf:" + (ORDER.indexOf(libpq(word)) + 2);
            }
        },
        BUILDER {
            @Override
            SettingsRequest request(Values v, Path directory) {
                return SettingsRequest.of("default", Map.of())
                        .with(Settings.HOST, v.host)
                        .with(Settings.PORT, Integer.toString(v.port))
                        .with(Settings.NAME, v.name)
                        .with(Settings.USER, v.user)
                        .with(Settings.PASSWORD, v.password)
                        .with(Settings.SSLMODE, v.sslmode);
            }

            @Override
            String reference(String word) {
                return "the " + word + " on the builder";
            }
        };

        private static final List<String> ORDER = List.of("host", "port", "dbname", "user", "password", "sslmode");

        abstract SettingsRequest request(Values values, Path directory) throws IOException;

        /** {@return how a message refers to a setting that was set here} */
        abstract String reference(String word);

        /** {@return the references to two settings that were set here} */
        String either(String first, String second) {
            String one = reference(first);
            String place = reference(second);
            boolean together = one.startsWith("the " + first)
                    && one.substring(one.indexOf(first) + first.length())
                            .equals(place.substring(place.indexOf(second) + second.length()));
            return (together ? "the " + first : one) + " or " + place;
        }

        private static String setting(String word) {
            return libpq(word).equals("dbname") ? "NAME" : word.toUpperCase(Locale.ROOT);
        }

        private static String libpq(String word) {
            return word.equals("database name") ? "dbname" : word;
        }
    }

    private final PostgresServer server = PostgresServer.shared();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void wrongPort_fixNamesThePort(Place place) throws IOException {
        int unused = FreePort.find();

        assertThat(failure(place, with(server.host(), unused, "postgres", "postgres", "disable")))
                .startsWith("Cannot connect to 127.0.0.1:" + unused + ": nothing listens on this port (")
                .contains("  Correct " + place.reference("port") + " if the server listens on another port.")
                .contains("  Otherwise check " + place.reference("host") + ", and that the server is running");
    }

    @ParameterizedTest
    @EnumSource
    void wrongHost_fixNamesTheHost(Place place) throws IOException {
        assertThat(failure(place, with("db.invalid", 5432, "postgres", "postgres", "disable")))
                .startsWith("Cannot connect to db.invalid:5432: the host name does not resolve (")
                .contains("  Correct " + place.reference("host") + ", or check that");
    }

    @ParameterizedTest
    @EnumSource
    void wrongDatabase_fixNamesTheDatabase(Place place) throws IOException {
        assertThat(failure(place, with(server.host(), server.port(), "shpo", "postgres", "disable")))
                .startsWith("Cannot connect to 127.0.0.1:" + server.port() + ": it has no database 'shpo' (")
                .contains("  Correct " + place.reference("database name") + ", or create the database.");
    }

    @ParameterizedTest
    @EnumSource
    void wrongUser_fixNamesUserAndPassword(Place place) throws IOException {
        assertThat(failure(place, with(server.host(), server.port(), "postgres", "nobody", "disable")))
                .startsWith("Cannot connect to 127.0.0.1:" + server.port()
                        + ": it refused the password of user 'nobody', or has no such user (")
                .contains(
                        "  Correct " + place.either("user", "password") + ", or set the same password on the server.");
    }

    @ParameterizedTest
    @EnumSource
    void wrongSslMode_fixNamesTheSslMode(Place place) throws IOException {
        assertThat(failure(place, with(server.host(), server.port(), "postgres", "postgres", "require")))
                .startsWith("Cannot connect to 127.0.0.1:" + server.port()
                        + ": it does not support TLS, and sslmode is 'require' (")
                .contains("or set " + place.reference("sslmode") + " to prefer.");
    }

    @Test
    void variableOfASubstitution_isNamedInPlaceOfTheFile() throws IOException {
        Path file = directory.resolve("application.conf");
        Files.writeString(file, "wellhead.databases.default { host = db.invalid, host = ${?SHOP_DB_HOST} }\n");
        SettingsRequest request = new SettingsRequest(
                "default",
                Map.of("SHOP_DB_HOST", "db-2.invalid"),
                Map.of("config.file", file.toString()),
                null,
                null,
                List.of(),
                List.of(),
                false);

        assertThat(failure(request))
                .startsWith("Cannot connect to db-2.invalid:5432: the host name does not resolve (SHOP_DB_HOST).")
                .contains("  Correct SHOP_DB_HOST, or check");
    }

    @Test
    void passwordFileNamedInTheConfigurationFile_isReferredToAsSuch() throws IOException {
        Path file = directory.resolve("application.conf");
        Files.writeString(file, "wellhead.databases.default.passwordFile = /nowhere/db\n");
        SettingsRequest request = new SettingsRequest(
                "default",
                Map.of("DB_HOST", server.host(), "DB_PORT", Integer.toString(server.port())),
                Map.of("config.file", file.toString()),
                null,
                null,
                List.of(),
                List.of(),
                false);

        assertThat(failure(request).lines().limit(1))
                .containsExactly("The passwordFile in FILE:1 (/nowhere/db) does not exist.");
    }

    private static Values with(String host, int port, String name, String user, String sslmode) {
        return new Values(host, port, name, user, PostgresServer.SUPERUSER_PASSWORD, sslmode);
    }

    private String failure(Place place, Values values) throws IOException {
        return failure(place.request(values, directory));
    }

    private String failure(SettingsRequest request) {
        ConnectionFailedException failed = catchThrowableOfType(
                ConnectionFailedException.class, () -> new DatabaseOpener(null, List.of(), List.of(), null)
                        .open(SettingsResolver.resolve(request))
                        .close());
        return String.valueOf(failed.getMessage())
                .replace(directory.resolve("application.conf").toString(), "FILE");
    }
}
