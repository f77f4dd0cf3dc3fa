package dev.wellhead.examples.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs {@code infrastructure/bin/database.sh} on free ports, on a machine without Docker and without a cache. */
final class LocalServices {

    private static final Set<String> HIDDEN = Set.of("docker", "redis-server", "valkey-server");

    private static final Pattern ANNOUNCED =
            Pattern.compile("(?m)^(\\w+) is running without Docker \\(process (\\d+)\\): (.*)$");

    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\\S+)");

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, ProcessHandle> processes = new HashMap<>();

    /** @param directory the directory of the data and of the links to the programs of this machine */
    LocalServices(Path directory) throws IOException {
        environment.put("PATH", programs(Files.createDirectories(directory.resolve("programs"))));
        environment.put("INFRASTRUCTURE", "embedded");
        environment.put("INFRASTRUCTURE_DATA", directory.resolve("data").toString());
        environment.put("INFRASTRUCTURE_CLASSPATH", ChildJvm.CLASS_PATH);
        environment.put("INFRASTRUCTURE_PORT", "0");
        for (String service : List.of("CACHE", "QUEUE", "STORAGE", "SEARCH")) {
            environment.put("INFRASTRUCTURE_" + service + "_PORT", Integer.toString(FreePort.find()));
        }
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("FOLLOW", "0");
        environment.put("FORCE", "1");
        String repository = System.getProperty("maven.repo.local", "");
        environment.put("MVN", repository.isEmpty() ? "mvn" : "mvn -Dmaven.repo.local=" + repository);
    }

    /** Starts services, and waits until they are ready. {@return the output of the script} */
    String up(String services) throws IOException, InterruptedException {
        String output = run("up", services);
        Matcher announced = ANNOUNCED.matcher(output);
        while (announced.find()) {
            processes.put(
                    announced.group(1),
                    ProcessHandle.of(Long.parseLong(announced.group(2))).orElseThrow());
            Matcher variable = VARIABLE.matcher(announced.group(3));
            while (variable.find()) {
                variables.put(variable.group(1), variable.group(2));
            }
        }
        return output;
    }

    /** {@return the variables that the script has printed} */
    Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** {@return the processes of the services that were started last} */
    Map<String, ProcessHandle> processes() {
        return Map.copyOf(processes);
    }

    /** {@return the output of a verb of the script, which has to succeed} */
    String run(String verb, String services) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        Repository.root()
                                .resolve("infrastructure/bin/database.sh")
                                .toString(),
                        verb)
                .redirectErrorStream(true);
        List.of("INFRASTRUCTURE_CACHE", "CI", "MAKEFLAGS", "MAKELEVEL").forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        builder.environment().put("SERVICES", services);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** {@return a path with links to the programs of this machine, except the hidden ones} */
    private static String programs(Path directory) throws IOException {
        for (String entry : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isDirectory(Path.of(entry)) && Files.isReadable(Path.of(entry))) {
                try (Stream<Path> files = Files.list(Path.of(entry))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Path link = directory.resolve(file.getFileName());
                        if (!HIDDEN.contains(link.getFileName().toString()) && !Files.isSymbolicLink(link)) {
                            Files.createSymbolicLink(link, file);
                        }
                    }
                }
            }
        }
        return directory.toString();
    }
}
