package dev.wellhead.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.embedded.LocalPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Checks that Docker and this module run the same database. */
class InfrastructureFilesTest {

    private static final Path INFRASTRUCTURE = Path.of("..");

    @Test
    void compose_file_runsTheLocalDatabase() throws IOException {
        Map<String, Object> file = compose();
        assertThat(file.keySet()).containsExactly("name", "services", "volumes", "networks");
        Map<String, Object> services = map(file.get("services"));
        assertThat(services.keySet()).containsExactly("postgres");
        Map<String, Object> postgres = map(services.get("postgres"));
        assertThat(postgres)
                .hasEntrySatisfying("image", image -> assertThat(image)
                        .asString()
                        .matches("postgres:" + BinaryArchive.majorVersion() + "\\.[0-9]+-alpine"))
                .containsEntry("command", List.of("postgres", "-c", "log_statement=ddl"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .containsEntry("container_name", "monorepo-postgres")
                .containsEntry("restart", "unless-stopped")
                .containsEntry("ports", List.of("127.0.0.1:5432:5432"))
                .containsEntry(
                        "volumes",
                        List.of(
                                "postgres_data:/var/lib/postgresql/data",
                                "./init-scripts:/docker-entrypoint-initdb.d:ro"))
                .containsEntry("networks", List.of("monorepo-network"));
        assertThat(map(postgres.get("environment")))
                .containsEntry("POSTGRES_DB", LocalPostgres.DEFAULT_DATABASE)
                .containsEntry("POSTGRES_USER", LocalPostgres.USER)
                .containsEntry("POSTGRES_PASSWORD", "postgres");
        assertThat(file).hasEntrySatisfying("volumes", volumes -> assertThat(map(volumes))
                .containsOnlyKeys("postgres_data"));
        assertThat(file)
                .containsEntry(
                        "networks",
                        Map.of(
                                "monorepo-network",
                                Map.of("name", "infrastructure_monorepo-network", "driver", "bridge")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-compose.yml", "observability/docker-compose.yml"})
    void compose_file_isAcceptedByCompose(String file) throws Exception {
        // version 2.20 is the first one with start_interval; a Docker engine is not needed
        String compose = "c=docker-compose; docker compose version >/dev/null 2>&1 && c='docker compose'; ";
        Process version =
                new ProcessBuilder("sh", "-c", compose + "$c version | grep -qE ' v?2\\.[2-9][0-9]\\.'").start();
        assumeTrue(version.waitFor() == 0, "Docker Compose 2.20 or newer is not installed");

        Process config = new ProcessBuilder("sh", "-c", compose + "$c --file \"$1\" config --quiet", "sh", file)
                .directory(INFRASTRUCTURE.toFile())
                .redirectErrorStream(true)
                .start();

        String output = new String(config.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(config.waitFor()).as(output).isZero();
    }

    @Test
    void compose_healthCheck_checksLoginsEverySecondAtTheStartAndThenEveryTenSeconds() throws IOException {
        Map<String, Object> check =
                map(map(map(compose().get("services")).get("postgres")).get("healthcheck"));
        assertThat(check)
                .containsEntry("interval", "10s")
                .containsEntry("start_interval", "1s")
                .containsEntry("start_period", "60s")
                .containsEntry(
                        "test",
                        List.of(
                                "CMD",
                                "pg_isready",
                                "--host=127.0.0.1",
                                "--username=postgres",
                                "--dbname=" + LocalPostgres.DEFAULT_DATABASE));
    }

    @Test
    void scripts_packed_areTheFilesOfDockerInTheSameOrder() throws IOException {
        List<String> files;
        try (Stream<Path> paths = Files.list(INFRASTRUCTURE.resolve("init-scripts"))) {
            files = paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        // every locale sorts such names in the same order
        assertThat(files).allMatch(name -> name.matches("[0-9]{2}-[a-z]+(-[a-z]+)*\\.sql"));
        List<InitScripts.Script> packed = packedScripts();
        assertThat(packed).extracting(InitScripts.Script::name).isEqualTo(files);
        for (InitScripts.Script script : packed) {
            assertThat(INFRASTRUCTURE.resolve("init-scripts").resolve(script.name()))
                    .hasContent(script.sql());
        }
    }

    @Test
    void scripts_eachFile_isOneTransactionOfPlainSql() throws IOException {
        for (InitScripts.Script script : packedScripts()) {
            List<String> statements = script.sql()
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("--"))
                    .toList();
            assertThat(statements).as(script.name()).startsWith("begin;").endsWith("commit;");
            assertThat(statements).as(script.name()).noneMatch(line -> line.startsWith("\\"));
        }
    }

    private static List<InitScripts.Script> packedScripts() throws IOException {
        return InitScripts.packed(LocalPostgres.DEFAULT_DATABASE).scripts();
    }

    private static Map<String, Object> compose() throws IOException {
        Object file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(INFRASTRUCTURE.resolve("docker-compose.yml")));
        return map(file);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
