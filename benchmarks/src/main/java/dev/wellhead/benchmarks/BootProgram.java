package dev.wellhead.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Spring Boot application of {@code benchmarks/boot} with one data source.
 *
 * @param name the name of its files
 * @param jars its class path, which has only jars, because class-data archives do not support directories
 * @param megabytes the size of the jars in millions of bytes
 * @param environment its variables; only those of its own data source
 */
record BootProgram(String name, List<String> jars, double megabytes, Map<String, String> environment, Path results) {

    private static final String MAIN = "dev.wellhead.benchmarks.boot.BootApplication";
    private static final String READY = "ready";
    private static final Pattern SPRING_BOOT = Pattern.compile(".*[/\\\\]spring-boot-(\\d[^/\\\\]*)\\.jar");
    private static final double BYTES_PER_MEGABYTE = 1e6;

    /** A program with its archive, which can run several times. */
    interface Prepared {
        ProgramRun run() throws IOException, InterruptedException;
    }

    /** {@return the application with the pool that Spring Boot configures} */
    static BootProgram withHikari(Path modules, Path results, Target target) throws IOException {
        return of(
                "hikari",
                modules,
                results,
                Map.of(
                        "SPRING_DATASOURCE_URL", target.jdbcUrl(),
                        "SPRING_DATASOURCE_USERNAME", Target.USER,
                        "SPRING_DATASOURCE_PASSWORD", Target.PASSWORD));
    }

    /** {@return the application with the starter} */
    static BootProgram withWellhead(Path modules, Path results, Target target) throws IOException {
        return of(
                "wellhead",
                modules,
                results,
                Map.of(
                        "DB_HOST", target.host(),
                        "DB_PORT", Integer.toString(target.port()),
                        "DB_NAME", Target.DATABASE,
                        "DB_USER", Target.USER,
                        "DB_PASSWORD", Target.PASSWORD));
    }

    private static BootProgram of(String name, Path modules, Path results, Map<String, String> environment)
            throws IOException {
        return of(name, jars(modules.resolve(name)), environment, results);
    }

    /** {@return this program with a web server and Actuator, as a service has them} */
    BootProgram asService(Path modules) throws IOException {
        Set<String> all = new LinkedHashSet<>(jars);
        all.addAll(jars(modules.resolve("service")));
        Map<String, String> variables = new HashMap<>(environment);
        // any free port
        variables.put("SERVER_PORT", "0");
        return of(name + "-service", List.copyOf(all), variables, results);
    }

    private static BootProgram of(String name, List<String> jars, Map<String, String> environment, Path results)
            throws IOException {
        long bytes = 0;
        for (String jar : jars) {
            Path file = Path.of(jar);
            if (!Files.isRegularFile(file)) {
                throw new IOException(jar + " is not a jar. Package it first (mvn verify).");
            }
            bytes += Files.size(file);
        }
        return new BootProgram(name, jars, bytes / BYTES_PER_MEGABYTE, environment, results);
    }

    private static List<String> jars(Path module) throws IOException {
        String classPath =
                Files.readString(module.resolve("target/class-path.txt")).strip();
        return List.of(classPath.split(File.pathSeparator, -1));
    }

    String springBootVersion() {
        for (String jar : jars) {
            Matcher version = SPRING_BOOT.matcher(jar);
            if (version.matches()) {
                return version.group(1);
            }
        }
        throw new IllegalStateException("The class path has no Spring Boot: " + jars);
    }

    /** {@return the program, started in one way; a run that creates the archive has ended} */
    Prepared prepare(StartUp startUp) throws IOException, InterruptedException {
        Path archive = results.resolve(name + "-" + startUp.jvm().feature() + "."
                + startUp.name().toLowerCase(Locale.ROOT).replace(' ', '-'));
        Path log = results.resolve(name + ".log");
        String classPath = String.join(File.pathSeparator, jars);
        Files.deleteIfExists(archive);
        if (startUp.training() != null) {
            ProgramRun.of(startUp.trainingCommand(archive, classPath, MAIN), environment, log, READY);
        }
        List<String> command = startUp.command(archive, classPath, MAIN);
        return () -> ProgramRun.of(command, environment, log, READY);
    }
}
