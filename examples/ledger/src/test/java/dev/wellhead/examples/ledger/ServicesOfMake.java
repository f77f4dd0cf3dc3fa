package dev.wellhead.examples.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The services that {@code make dev SERVICES=...} starts without Docker, on free ports, and the variables that it passes. */
final class ServicesOfMake {

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    private ServicesOfMake(Path directory, String services) {
        environment.put("INFRASTRUCTURE", "embedded");
        environment.put("INFRASTRUCTURE_DATA", directory.resolve("data").toString());
        environment.put("INFRASTRUCTURE_CLASSPATH", ChildJvm.CLASS_PATH);
        environment.put("INFRASTRUCTURE_PORT", "0");
        for (String service : List.of("CACHE", "QUEUE", "STORAGE", "SEARCH")) {
            environment.put("INFRASTRUCTURE_" + service + "_PORT", Integer.toString(FreePort.find()));
        }
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        String repository = System.getProperty("maven.repo.local", "");
        environment.put("MVN", repository.isEmpty() ? "mvn" : "mvn -Dmaven.repo.local=" + repository);
        environment.put("SERVICES", services);
    }

    /** {@return the running services; the caller stops them} */
    static ServicesOfMake start(Path directory, String services) throws IOException, InterruptedException {
        // the servers of root run as another user
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        ServicesOfMake running = new ServicesOfMake(directory, services);
        try {
            running.run("up");
            running.run("variables").lines().forEach(line -> {
                int end = line.indexOf('=');
                running.variables.put(line.substring(0, end), line.substring(end + 1));
            });
            return running;
        } catch (IOException | RuntimeException | AssertionError e) {
            running.stop();
            throw e;
        }
    }

    Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    private String run(String verb) throws IOException, InterruptedException {
        String script =
                Repository.root().resolve("infrastructure/bin/database.sh").toString();
        ProcessBuilder builder = new ProcessBuilder("sh", script, verb).redirectErrorStream(true);
        List.of("INFRASTRUCTURE_CACHE", "MAKEFLAGS", "MAKELEVEL").forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(verb + " failed:\n" + output);
        }
        return output;
    }

    void stop() throws IOException, InterruptedException {
        environment.remove("SERVICES");
        String unused = run("down");
    }
}
