package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs {@code infrastructure/bin/database.sh} with its data and its programs in one directory. */
record DatabaseScript(Path directory) {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    static final String FILE = ROOT.resolve("infrastructure/bin/database.sh").toString();

    static final String COMPOSE_FILE =
            ROOT.resolve("infrastructure/docker-compose.yml").toString();

    private static final List<String> INHERITED = List.of(
            "DATABASE_URL",
            "DB_HOST",
            "DB_SECRET_ID",
            "CI",
            "FORCE",
            "FILE",
            "KEPT",
            "SQL",
            "RESTORE_DATABASE",
            "ENVIRONMENT",
            "SERVICES",
            "INFRASTRUCTURE_CACHE",
            "INFRASTRUCTURE_CACHE_PORT",
            "INFRASTRUCTURE_QUEUE_PORT",
            "INFRASTRUCTURE_STORAGE_PORT",
            "INFRASTRUCTURE_SEARCH_PORT",
            "INFRASTRUCTURE_POOLER_PORT",
            "INFRASTRUCTURE_METRICS_PORT",
            "MAKEFLAGS",
            "MAKELEVEL",
            "MFLAGS");

    /** The end of a script that runs until SIGTERM, as a server. */
    static final String UNTIL_TERM = "trap 'exit 0' TERM\nwhile :; do sleep 0.1 2>/dev/null || sleep 1; done";

    /** The programs of services, which a test without Docker has to bring itself. */
    private static final Set<String> HIDDEN =
            Set.of("docker", "redis-server", "valkey-server", "pgbouncer", "prometheus");

    /** @param output both streams, without surrounding white space */
    record Result(int code, String output) {}

    /** {@return the result of a verb, with the embedded server unless the environment selects another one} */
    Result run(Map<String, String> environment, String verb) throws IOException, InterruptedException {
        return execute(List.of("sh", FILE, verb), environment);
    }

    Result execute(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        // the usual mask, with which a file that a shell creates is readable by everybody
        List<String> masked = new ArrayList<>(List.of("sh", "-c", "umask 022; exec \"$@\"", "sh"));
        masked.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(masked).directory(directory.toFile()).redirectErrorStream(true);
        INHERITED.forEach(builder.environment()::remove);
        builder.environment().putAll(embeddedServer());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        // reads to the end, which checks that a server in the background does not keep the pipe open
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output.strip());
    }

    private Map<String, String> embeddedServer() {
        return new HashMap<>(Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "INFRASTRUCTURE",
                "embedded",
                "INFRASTRUCTURE_PORT",
                "0",
                "INFRASTRUCTURE_DATA",
                directory.resolve("data").toString(),
                "INFRASTRUCTURE_PROGRAMS",
                directory.resolve("programs").toString(),
                "INFRASTRUCTURE_CLASSPATH",
                System.getProperty("java.class.path"),
                "FOLLOW",
                "0"));
    }

    /** The arguments with which the script runs compose for every service. */
    static String composeWithEveryProfile() {
        StringBuilder arguments = new StringBuilder("compose --file " + COMPOSE_FILE);
        for (String profile :
                List.of("cache", "valkey", "queue", "rabbitmq", "storage", "search", "pooler", "metrics")) {
            arguments.append(" --profile ").append(profile);
        }
        return arguments.toString();
    }

    /**
     * Replaces Docker by a script that appends its arguments to the file {@code docker.calls}, and for which these
     * containers exist.
     */
    Map<String, String> withDocker(String... containers) throws IOException {
        String path = withProgram(
                "docker",
                """
                case "$1 ${2:-}" in
                "info "*) ;;
                "compose version") ;;
                "inspect "*)
                    for last; do :; done
                    case " %s " in *" $last "*) echo true ;; *) exit 1 ;; esac ;;
                *) echo "$*" >>"%s" ;;
                esac
                """
                        .formatted(String.join(" ", containers), directory.resolve("docker.calls")));
        return Map.of("PATH", path, "INFRASTRUCTURE", "");
    }

    /**
     * {@return an environment without Docker, in which the programs of the test precede those of the machine, and the machine
     * has none of the services}
     */
    Map<String, String> withoutDocker(Map<String, String> environment) throws IOException {
        Path machine = Files.createDirectories(directory.resolve("machine"));
        for (String entry : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isDirectory(Path.of(entry)) && Files.isReadable(Path.of(entry))) {
                try (Stream<Path> programs = Files.list(Path.of(entry))) {
                    for (Path program : programs.toList()) {
                        Path link = machine.resolve(program.getFileName());
                        if (!HIDDEN.contains(link.getFileName().toString())
                                && !Files.isSymbolicLink(link)
                                && Files.isRegularFile(program)) {
                            Files.createSymbolicLink(link, program);
                        }
                    }
                }
            }
        }
        Map<String, String> all = new HashMap<>(environment);
        all.put("PATH", Files.createDirectories(directory.resolve("bin")) + ":" + machine);
        all.put("JAVA_HOME", stubOfJava());
        return all;
    }

    /** {@return a directory with a program that behaves as the JVM of each server, and prints its arguments} */
    String stubOfJava() throws IOException {
        Path home = directory.resolve("java");
        new DatabaseScript(home)
                .withProgram(
                        "java",
                        """
                        echo "$*"
                        case "$*" in
                        *ServeCommand*) echo 'PostgreSQL 16 is ready on port 5499' ;;
                        *elasticmq*)
                            echo '=== ElasticMQ server (1.7.1) started in 1 ms ==='
                            echo 'Creating queue one'
                            echo 'Creating queue two' ;;
                        *s3mock*) echo 'Started S3MockApplication in 1 seconds' ;;
                        *SearchCommand*) echo 'OpenSearch 2.19 is ready' ;;
                        esac
                        """
                                + UNTIL_TERM);
        return home.toString();
    }

    List<String> dockerCalls() throws IOException {
        return Files.readAllLines(directory.resolve("docker.calls"));
    }

    /** {@return the {@code PATH} with a directory first that has this shell script as a program} */
    String withProgram(String name, String script) throws IOException {
        Path programs = Files.createDirectories(directory.resolve("bin"));
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return programs + ":" + System.getenv("PATH");
    }
}
