package dev.wellhead.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.embedded.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private static final Path INIT_SCRIPTS = INFRASTRUCTURE.resolve("init-scripts");

    @Test
    void compose_file_runsTheLocalDatabase() throws IOException {
        Map<String, Object> file = compose();
        assertThat(file.keySet()).containsExactly("name", "x-service", "x-health", "services", "volumes", "networks");
        Map<String, Object> services = map(file.get("services"));
        Map<String, Object> postgres = map(services.get("postgres"));
        assertThat(postgres)
                .hasEntrySatisfying("image", image -> assertThat(image)
                        .asString()
                        .matches("postgres:" + embeddedMajorVersion() + "\\.[0-9]+-alpine"))
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
                .containsEntry("POSTGRES_USER", LocalPostgres.DEFAULT_USER)
                .containsEntry("POSTGRES_PASSWORD", "postgres");
        assertThat(postgres).doesNotContainKeys("profiles", "depends_on");
        assertThat(file)
                .containsEntry(
                        "networks",
                        Map.of(
                                "monorepo-network",
                                Map.of("name", "infrastructure_monorepo-network", "driver", "bridge")));
    }

    @Test
    void compose_services_areThoseOfTheScripts() throws Exception {
        Map<String, String> profiles = new TreeMap<>();
        map(compose().get("services")).forEach((name, service) -> {
            if (map(service).get("profiles") instanceof List<?> list) {
                profiles.put(
                        name,
                        String.join(" ", list.stream().map(String.class::cast).toList()));
            }
        });
        String script =
                """
                print() { printf '%s\\n' "$*"; }
                . "$1"
                for service in $service_names; do
                    for container in $(service_containers "$service"); do
                        case $container in
                            valkey) echo "valkey=$(INFRASTRUCTURE_CACHE=valkey; service_profile "$service")" ;;
                            *) echo "$container=$(service_profile "$service")" ;;
                        esac
                    done
                done
                """;
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        script,
                        "sh",
                        INFRASTRUCTURE.resolve("bin/services.sh").toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(lines)
                .containsExactlyInAnyOrderElementsOf(profiles.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    @Test
    void compose_everyService_listensOnLoopbackAndHasAHealthCheckAndNoRights() throws IOException {
        Map<String, Object> file = compose();
        List<Object> ports = new ArrayList<>();
        List<String> volumes = new ArrayList<>();
        map(file.get("services")).forEach((name, value) -> {
            Map<String, Object> service = map(value);
            assertThat(service)
                    .as(name)
                    .containsEntry("container_name", "monorepo-" + name)
                    .containsEntry("restart", "unless-stopped")
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .containsEntry("networks", List.of("monorepo-network"));
            assertThat(map(service.get("healthcheck")))
                    .as(name)
                    .containsEntry("interval", "10s")
                    .containsEntry("start_interval", "1s")
                    .containsKeys("test", "timeout", "retries", "start_period");
            assertThat(list(service.get("ports")))
                    .as(name)
                    .isNotEmpty()
                    .allMatch(port -> port.startsWith("127.0.0.1:"));
            // only one of the two caches runs at a time
            if (!name.equals("valkey")) {
                ports.addAll(list(service.get("ports")).stream()
                        .map(port -> port.split(":", -1)[1])
                        .toList());
            }
            for (String volume : list(service.get("volumes"))) {
                String source = volume.split(":", -1)[0];
                if (source.startsWith("./")) {
                    assertThat(INFRASTRUCTURE.resolve(source)).exists();
                    assertThat(volume).endsWith(":ro");
                } else {
                    volumes.add(source);
                }
            }
        });
        assertThat(ports).doesNotHaveDuplicates();
        assertThat(map(file.get("volumes")).keySet()).containsExactlyInAnyOrderElementsOf(volumes);
        map(file.get("volumes"))
                .forEach((name, volume) -> assertThat(map(volume)).isEqualTo(Map.of("name", name)));
    }

    @Test
    void compose_images_haveTheVersionsOfTheProgramsWithoutDocker() throws IOException {
        Map<String, Object> services = map(compose().get("services"));
        String pom = Files.readString(INFRASTRUCTURE.resolve("../pom.xml"));
        Map.of("elasticmq", "elasticmq", "s3mock", "s3mock", "opensearch", "opensearch")
                .forEach((service, property) -> assertThat(pom)
                        .contains("<" + property + ".version>"
                                + String.valueOf(map(services.get(service)).get("image"))
                                        .split(":", -1)[1] + "</"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void compose_file_isAcceptedByCompose(boolean everyProfile) throws Exception {
        // version 2.20 is the first one with start_interval; a Docker engine is not needed
        String compose = "c=docker-compose; docker compose version >/dev/null 2>&1 && c='docker compose'; ";
        Process version =
                new ProcessBuilder("sh", "-c", compose + "$c version | grep -qE ' v?2\\.[2-9][0-9]\\.'").start();
        assumeTrue(version.waitFor() == 0, "Docker Compose 2.20 or newer is not installed");
        Map<String, Object> services = map(compose().get("services"));
        Set<String> profiles = new TreeSet<>();
        services.values().forEach(service -> {
            if (map(service).get("profiles") instanceof List<?> list) {
                list.forEach(profile -> profiles.add((String) profile));
            }
        });

        ProcessBuilder config = new ProcessBuilder(
                        "sh", "-c", compose + "$c --file \"$1\" config --services", "sh", "docker-compose.yml")
                .directory(INFRASTRUCTURE.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        config.environment().put("COMPOSE_PROFILES", everyProfile ? String.join(",", profiles) : "");
        Process process = config.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines())
                .containsExactlyInAnyOrderElementsOf(everyProfile ? services.keySet() : Set.of("postgres"));
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
    void scripts_namesOfTheFiles_haveTheSameOrderInEveryLocale() throws IOException {
        List<String> files;
        try (Stream<Path> paths = Files.list(INIT_SCRIPTS)) {
            files = paths.map(path -> path.getFileName().toString()).toList();
        }
        assertThat(files).isNotEmpty().allMatch(name -> name.matches("[0-9]{2}-[a-z]+(-[a-z]+)*\\.sql"));
    }

    @Test
    void scripts_eachFile_isOneTransactionOfPlainSql() throws IOException {
        for (InitScript script : ScriptLocation.read(List.of(INIT_SCRIPTS.toString()))) {
            List<String> statements = script.text()
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("--"))
                    .toList();
            assertThat(statements).as(script.name()).startsWith("begin;").endsWith("commit;");
            assertThat(statements).as(script.name()).noneMatch(line -> line.startsWith("\\"));
        }
    }

    /** The container runs the scripts as the superuser postgres; the embedded server as the role for applications. */
    @Test
    void scripts_runAsInTheContainer_haveTheSameResultAsEmbedded() throws Exception {
        Installation installation = Installation.prepare(OperatingSystemUser.current());
        DataTemplate template = DataTemplate.prepare(
                installation, new TemplateContent(LocalPostgres.DEFAULT_USER, List.of("create database monorepo_dev")));
        DataDirectory data = DataDirectory.temporary();
        try (LocalPostgres embedded =
                LocalPostgres.builder().initScripts(INIT_SCRIPTS.toString()).start()) {
            data.prepare(template, installation);
            ServerProcess container = data.startServer(installation, 0);
            RoleLogin login = template.superuser();
            for (InitScript script : ScriptLocation.read(List.of(INIT_SCRIPTS.toString()))) {
                try (Connection session = ServerConnection.open(container.port(), "monorepo_dev", login)) {
                    script.run(session);
                }
            }
            try (Connection inContainer = ServerConnection.open(container.port(), "monorepo_dev", login);
                    Connection here =
                            DriverManager.getConnection(embedded.jdbcUrl(), embedded.user(), embedded.password())) {
                List<String> facts = facts(inContainer);
                assertThat(facts).hasSizeGreaterThan(20).isEqualTo(facts(here));
                assertThat(facts).contains("role postgres f t t", "role wellhead_admin t t t", "owner postgres");
            }
            data.stopServer(container);
        } finally {
            data.close();
        }
    }

    /** {@return the roles, the owner of the database, and the relations with their owners and rights} */
    private static List<String> facts(Connection connection) throws SQLException {
        String sql =
                """
                select concat_ws(' ', 'role', rolname, rolsuper, rolcreatedb, rolcreaterole)
                  from pg_roles where rolname !~ '^pg_'
                union all
                select 'owner ' || pg_get_userbyid(datdba) from pg_database where datname = current_database()
                union all
                select concat_ws(' ', relnamespace::regnamespace, relname, relkind, pg_get_userbyid(relowner), relacl)
                  from pg_class where relnamespace::regnamespace::text in ('ledger', 'treasury', 'public')
                union all
                select concat_ws(' ', 'member', roleid::regrole, member::regrole, inherit_option)
                  from pg_auth_members where roleid >= 16384
                order by 1
                """;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> facts = new ArrayList<>();
            while (rows.next()) {
                facts.add(rows.getString(1));
            }
            return facts;
        }
    }

    private static String embeddedMajorVersion() {
        try {
            return Installation.prepare(OperatingSystemUser.current()).majorVersion();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(@Nullable Object value) {
        return (List<String>) Objects.requireNonNull(value);
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
