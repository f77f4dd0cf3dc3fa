package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.wellhead.internal.files.FileFault;
import dev.wellhead.internal.files.Passfile;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.sources.ConfigurationFile;
import dev.wellhead.internal.sources.ServiceFile;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.ConnectionUrl;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Profile;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passes inputs that are almost valid to the parsers: they may throw only {@link ConfigurationException}, and may not
 * show anything sensitive. The inputs are generated from a seed, which a failure names. If the environment has
 * {@code FUZZ_SECONDS}, each test runs that long with a new seed.
 */
@DisabledOnOs(OS.WINDOWS)
class HostileInputTest {

    private static final int ROUNDS = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    private interface Round {
        void run(Hostile hostile) throws IOException;
    }

    private static void repeat(Round round) {
        String seconds = System.getenv("FUZZ_SECONDS");
        long first = seconds == null ? 1 : System.nanoTime();
        Duration limit = seconds == null ? LONGEST : Duration.ofSeconds(Long.parseLong(seconds));
        long end = System.nanoTime() + limit.toNanos();
        long seed = first;
        while (System.nanoTime() - end < 0 && (seconds != null || seed < first + ROUNDS)) {
            try {
                round.run(new Hostile(seed));
            } catch (Exception | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
            seed++;
        }
        if (seconds != null) {
            System.err.println(seed - first + " rounds in " + seconds + " s from seed " + first);
        }
    }

    private static void requireHidden(Object shown) {
        String text = shown.toString();
        if (Hostile.isShownIn(text)) {
            fail("shows something sensitive: " + text);
        }
    }

    private static String url(Hostile hostile) {
        String user = hostile.oneOf("", "app", "a%20b");
        String host = hostile.oneOf("db", "", "[::1]", "a:1,b:2", "10.0.0.1:5432", hostile.mostly("localhost"));
        StringBuilder url = new StringBuilder(hostile.oneOf("postgresql://", "postgres://", "jdbc:postgresql://"));
        if (hostile.chance(60) && !url.toString().startsWith("jdbc:")) {
            url.append(user).append(':').append(hostile.password()).append('@');
        }
        url.append(host).append(hostile.oneOf("/app", "", "/", "/" + hostile.mostly("app")));
        String separator = "?";
        for (int i = hostile.below(3); i > 0; i--) {
            String name =
                    hostile.mostly(hostile.oneOf("sslmode", "user", "password", "port", "options", "sslpassword"));
            String value =
                    switch (name) {
                        case "password", "sslpassword" -> hostile.password();
                        case "sslmode" -> hostile.mostly("require");
                        case "port" -> hostile.mostly("5433");
                        default -> hostile.mostly("app");
                    };
            url.append(separator).append(name).append('=').append(value);
            separator = "&";
        }
        return url.toString();
    }

    @Test
    void url_almostRight_neverShowsAnyPartOfItself() {
        repeat(hostile -> {
            Problems problems = new Problems();
            String url = hostile.edited(url(hostile));
            List<RawValue> values =
                    ConnectionUrl.parse(Sensitive.of(url), "DATABASE_URL", Catalogue.DATABASES, problems);

            requireHidden(problems.all());
            requireHidden(values);
        });
    }

    @Test
    void url_encodedParts_comeBackAsTheyWere() {
        repeat(hostile -> {
            Problems problems = new Problems();
            String user = "u" + withoutControls(hostile.encodableText(20));
            String password = "p" + hostile.encodableText(20);
            String database = "d" + withoutControls(hostile.encodableText(20));
            String url = hostile.chance(50)
                    ? "postgresql://" + encoded(user) + ":" + encoded(password) + "@db/" + encoded(database)
                    : "jdbc:postgresql://db/" + encoded(database) + "?user=" + encoded(user) + "&password="
                            + encoded(password);
            Map<Setting<?>, String> texts = new HashMap<>();
            for (RawValue value :
                    ConnectionUrl.parse(Sensitive.of(url), "DATABASE_URL", Catalogue.DATABASES, problems)) {
                texts.put(value.setting(), value.text().reveal());
            }

            assertThat(problems.all()).isEmpty();
            assertThat(texts)
                    .containsEntry(Settings.USER, user)
                    .containsEntry(Settings.PASSWORD, password)
                    .containsEntry(Settings.NAME, database);
        });
    }

    /** A control character in a name is refused. */
    private static String withoutControls(String text) {
        return text.replaceAll("\\p{Cntrl}|[\u0080-\u009f]", "x");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void configurationFile_almostRight_neverShowsItsValues() {
        Path file = directory.resolve("application.conf");
        Map<String, String> variables = Map.of("SECRET", Hostile.MARK, "EMPTY", "", "HOST", "db");
        repeat(hostile -> {
            StringBuilder content = new StringBuilder("wellhead.databases.default {\n");
            for (int i = hostile.below(6); i > 0; i--) {
                content.append(hostile.oneOf(
                        "  password = \"" + Hostile.MARK + "\"\n",
                        "  password = ${SECRET}\n",
                        "  password = ${?SECRET}${NONE}\n",
                        "  password : '" + Hostile.MARK + "'\n",
                        "  password = [\"" + Hostile.MARK + "\"]\n",
                        "  connectTimeout = " + Hostile.MARK + "\n",
                        "  host = [a, ${?HOST}, ${?EMPTY}]\n",
                        "  port = 5432\n",
                        "  include \"" + hostile.text(5) + "\"\n",
                        "  " + hostile.text(10) + " = {a = ${b}, b = ${a}}\n",
                        "  schema = \"\"\"" + Hostile.MARK + "\"\"\"\n"));
            }
            Files.writeString(
                    file, encodable(hostile.edited(content.append("}\n").toString())));
            Problems problems = new Problems();
            List<RawValue> values = ConfigurationFile.read(
                    new DatabaseName("default", Catalogue.DATABASES),
                    variables,
                    Map.of("config.file", file.toString()),
                    problems);

            requireHidden(problems.all());
            requireHidden(values);
        });
    }

    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Test
    void serviceFile_almostRight_neverShowsItsValues() {
        Path file = directory.resolve("pg_service.conf");
        Map<String, String> variables = Map.of("PGSERVICE", "app", "PGSERVICEFILE", file.toString());
        repeat(hostile -> {
            StringBuilder content = new StringBuilder("[other]\npassword=" + Hostile.MARK + "\n[app]\n");
            for (int i = hostile.below(5); i > 0; i--) {
                content.append(hostile.oneOf("host", "port", "sslmode", "connect_timeout", "service", hostile.odd()))
                        .append(hostile.oneOf("=", " = ", ""))
                        .append(hostile.odd())
                        .append(hostile.oneOf("\n", "\r\n"))
                        .append("password=")
                        .append(hostile.password())
                        .append('\n');
            }
            Files.write(file, hostile.edited(content.toString()).getBytes(StandardCharsets.UTF_8));
            Problems problems = new Problems();
            List<RawValue> values = ServiceFile.read(variables, problems);

            requireHidden(problems.all());
            requireHidden(values);
        });
    }

    @Test
    void passfile_anyContent_isReadOrRefused() throws IOException {
        Path file = privateFile("passfile");
        repeat(hostile -> {
            Files.writeString(file, encodable(hostile.edited("db:5432:app:u:" + hostile.text(20) + "\n*:*:*:*:x")));

            try {
                Passfile.read(file).find("db", 5432, "app", "u").ifPresent(match -> assertThat(match.line())
                        .isPositive());
            } catch (UnreadableFileException e) {
                assertThat(e.fault()).isEqualTo(FileFault.NUL_CHARACTER);
            }
        });
    }

    @Test
    void passfile_escapedFields_areFound() throws IOException {
        Path file = privateFile("passfile");
        repeat(hostile -> {
            String[] fields = new String[4];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = "x" + hostile.encodableText(15).replace("\r", "").replace("\n", "");
            }
            Files.writeString(
                    file,
                    "# comment\n" + escaped(fields[0]) + ":1:" + escaped(fields[1]) + ":" + escaped(fields[2]) + ":"
                            + escaped(fields[3]) + "\r\n");

            assertThat(Passfile.read(file).find(fields[0], 1, fields[1], fields[2]))
                    .hasValueSatisfying(match -> assertThat(match.password()).isEqualTo(fields[3]));
        });
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\\\").replace(":", "\\:");
    }

    private Path privateFile(String name) throws IOException {
        return Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Test
    void environment_almostRight_resolvesOrNamesItsProblemsAndShowsNothingSensitive() throws IOException {
        Path passfile = privateFile(".pgpass");
        Files.writeString(passfile, "*:*:*:*:" + Hostile.MARK);
        repeat(hostile -> {
            String name = hostile.oneOf("default", "default", "ledger");
            Map<String, String> environment = environment(hostile, name);
            try {
                DatabaseSettings settings = SettingsResolver.resolve(SettingsRequest.of(name, environment));
                requireHidden(settings);
                requireHidden(settings.all());
                requireHidden(settings.warnings());
            } catch (ConfigurationException e) {
                assertThat(e.problems()).isNotEmpty();
                assertThat(e.getCause()).isNull();
                requireHidden(e);
                requireHidden(e.problems());
            }
        });
    }

    private Map<String, String> environment(Hostile hostile, String name) {
        String prefix = name.equals("default") ? "" : "LEDGER_";
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", directory.toString());
        if (hostile.chance(50)) {
            environment.put("ENVIRONMENT", hostile.oneOf("local", "local", "test", "prod", "Prodution", hostile.odd()));
        }
        if (hostile.chance(50)) {
            environment.put(prefix + "DATABASE_URL", url(hostile));
        }
        if (hostile.chance(30)) {
            environment.put(prefix + "DB_PASSWORD", hostile.password());
        }
        if (hostile.chance(20)) {
            environment.put("PGPASSWORD", hostile.password());
        }
        for (int i = hostile.below(3); i > 0; i--) {
            Setting<?> setting = Settings.all().get(hostile.below(Settings.all().size()));
            String plain = setting.defaultIn(Profile.LOCAL).orElse("app");
            environment.put(
                    prefix + setting.variable(), setting.isSensitive() ? hostile.password() : hostile.mostly(plain));
        }
        if (hostile.chance(30)) {
            environment.put(
                    hostile.oneOf("PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGSSLMODE", "PGSERVICE", "PGTZ"),
                    hostile.odd());
        }
        if (hostile.chance(10)) {
            environment.put(prefix + "DB_" + hostile.text(8), hostile.odd());
        }
        return environment;
    }
}
