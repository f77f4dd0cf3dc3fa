package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
            "MAKEFLAGS",
            "MAKELEVEL",
            "MFLAGS");

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
