package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.reflection.Lookup;
import dev.wellhead.testkit.reflection.ReachabilityMetadata;
import dev.wellhead.testkit.reflection.TracedProgram;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.ClassUtils;

/**
 * Processes an application ahead of time as the build plug-ins of Spring Boot do, compiles what is generated, and runs it. An image
 * of GraalVM consists of the same classes, but none is built here.
 */
@Timeout(900)
class AheadOfTimeTest {

    private static final String LEDGER = "ledger_ahead_of_time";

    /** The bean definitions depend on these properties, so they are the same when the application is processed and runs. */
    private static final List<String> ARGUMENTS = List.of(
            "--wellhead.spring.databases=ledger",
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--management.endpoints.web.exposure.include=health,database",
            "--management.endpoint.health.show-details=always",
            "--management.otlp.metrics.export.enabled=false",
            "--spring.flyway.enabled=false",
            "--spring.liquibase.enabled=false");

    @TempDir
    private static Path directory;

    /** The generated class files, resources and sources. It is on the class path of the generated application. */
    private static Path application;

    @BeforeAll
    static void process() throws Exception {
        PostgresServer.shared().createDatabase(LEDGER);
        // the processor deletes its content first
        application = directory.resolve("application");
        List<String> command = new ArrayList<>(List.of(
                "org.springframework.boot.SpringApplicationAotProcessor",
                AheadOfTimeProgram.class.getName(),
                application.resolve("sources").toString(),
                application.toString(),
                application.toString(),
                "com.example",
                "shop"));
        command.addAll(ARGUMENTS);
        // opening a database would fail
        String nowhere = "postgresql://app:x@db.invalid/shop";
        run(directory, Map.of("DATABASE_URL", nowhere, "LEDGER_DATABASE_URL", nowhere), command);
        compile();
    }

    @Test
    void generatedApplication_opensItsDatabases_andAnswers() throws Exception {
        String output = run(application, environment(), runCommand());

        assertThat(output.lines().filter(line -> line.startsWith("answer ")).map(line -> line.substring(7)))
                .as(output)
                .startsWith(
                        "generated true",
                        "database postgres",
                        "same true",
                        "reader on",
                        "ledger " + LEDGER,
                        "ledgerReader on")
                .anyMatch(line -> line.startsWith("endpoint {") && line.contains("\"ledger\":{"))
                .anyMatch(line -> line.startsWith("health {") && line.contains("\"role\":\"primary\""));
    }

    @Test
    void metadata_coversEveryLookupOfTheGeneratedApplication() throws Exception {
        Set<Lookup> lookups = new HashSet<>(
                TracedProgram.run(application, environment(), runCommand().toArray(String[]::new)));

        assertThat(lookups.stream().map(Lookup::name)).contains(StartPreparation.class.getName());
        lookups.removeIf(AheadOfTimeTest::isOptional);
        String generated = generatedMetadata();
        Set<String> missing = new TreeSet<>();
        for (String lookup : ReachabilityMetadata.onClassPath().missing(lookups)) {
            String name = lookup.split("\t", -1)[1];
            if (!generated.contains('"' + name + '"')) {
                missing.add(lookup);
            }
        }
        assertThat(missing).isEmpty();
    }

    /**
     * Spring and Hibernate look up members, and classes by naming conventions, that need not exist. Without metadata, an image contains
     * none of them. Hibernate tries the names of packages as classes, and reads class files if it finds them.
     */
    private static boolean isOptional(Lookup lookup) {
        boolean isOfSpring = lookup.caller().startsWith("org.springframework.");
        boolean isMember = lookup.kind() == Lookup.Kind.METHODS || lookup.kind() == Lookup.Kind.FIELDS;
        return (isOfSpring && isMember)
                || lookup.caller().endsWith("#getConstructorIfAvailable")
                || lookup.name().endsWith(".package-info")
                || lookup.name().endsWith(".class")
                || (lookup.kind() == Lookup.Kind.TYPE && !exists(lookup.name()));
    }

    private static boolean exists(String type) {
        return Files.exists(application.resolve(type.replace('.', '/') + ".class"))
                || ClassUtils.isPresent(type, AheadOfTimeTest.class.getClassLoader());
    }

    @Test
    void metadata_hasTheAnswersOfTheEndpoint() throws Exception {
        assertThat(generatedMetadata())
                .contains(
                        "\"dev.wellhead.spring.boot.actuate.DatabaseEndpoint$DatabasesDescription\"",
                        "\"dev.wellhead.spring.boot.actuate.DatabaseEndpoint$DatabaseDescription\"",
                        "\"dev.wellhead.spring.boot.actuate.DatabaseEndpoint$SettingDescription\"",
                        "\"dev.wellhead.spring.boot.actuate.DatabaseEndpoint$Overridden\"",
                        "\"dev.wellhead.spring.boot.actuate.CredentialsRefresh\"");
    }

    private static Map<String, String> environment() {
        return Map.of(
                "DATABASE_URL",
                Start.url(),
                "LEDGER_DATABASE_URL",
                Start.url("postgres", PostgresServer.SUPERUSER_PASSWORD, LEDGER));
    }

    private static List<String> runCommand() {
        List<String> command = new ArrayList<>(List.of("-Dspring.aot.enabled=true", AheadOfTimeProgram.class.getName()));
        command.addAll(ARGUMENTS);
        return command;
    }

    private static String run(Path classes, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        try (ChildJvm program = ChildJvm.start(classes, environment, command.toArray(String[]::new))) {
            int code = program.end();
            assertThat(code).as(program.output()).isZero();
            return program.output();
        }
    }

    private static void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(application.resolve("sources"))) {
            List<Path> generated =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(generated).isNotEmpty();
            List<String> options = List.of(
                    "-proc:none",
                    "-parameters",
                    "-classpath",
                    application + File.pathSeparator + ChildJvm.CLASS_PATH,
                    "-d",
                    application.toString());
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(generated))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    /** {@return the files that Spring has generated for GraalVM: one since Spring Boot 4, several before} */
    private static String generatedMetadata() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(application.resolve("META-INF/native-image/com.example/shop"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
