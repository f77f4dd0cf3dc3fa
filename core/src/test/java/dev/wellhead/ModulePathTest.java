package dev.wellhead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.slf4j.Logger;

/**
 * Runs a service on the module path: the exported packages are sufficient, and the driver can load our classes by name.
 */
@Timeout(120)
class ModulePathTest {

    private static final String MODULE = "module service { requires dev.wellhead.core; }";

    private static final String SERVICE =
            """
            package service;

            import dev.wellhead.Database;
            import dev.wellhead.Databases;

            public final class Main {
                public static void main(String[] arguments) throws Exception {
                    try (Database database = Databases.fromEnvironment();
                            var connection = database.getConnection();
                            var statement = connection.createStatement();
                            var rows = statement.executeQuery(
                                    "select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
                        rows.next();
                        System.out.println(Database.class.getModule().getName() + ", TLS " + rows.getBoolean(1));
                    }
                }
            }
            """;

    @Test
    void service_onTheModulePath_readsARowOverTls(@TempDir Path directory) throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("Test CA");
        try (PostgresServer server =
                PostgresServer.builder().tls(authority.server("localhost")).start()) {
            server.createRole("service", "opens");
            String modulePath = modulePath();
            Path classes = compile(directory, modulePath);

            String output = run(
                    directory,
                    modulePath + File.pathSeparator + classes,
                    Map.of(
                            "DB_HOST", "localhost",
                            "DB_PORT", String.valueOf(server.port()),
                            "DB_NAME", "postgres",
                            "DB_USER", "service",
                            "DB_PASSWORD", "opens",
                            "DB_SSLMODE", "verify-full",
                            "DB_SSLROOTCERT",
                                    authority
                                            .writeTo(directory.resolve("ca.pem"))
                                            .toString(),
                            "DB_CONNECTION_TIMEOUT", "20s"));

            assertThat(output.lines()).last().isEqualTo("dev.wellhead.core, TLS true");
        }
    }

    private static String modulePath() {
        return Stream.<Class<?>>of(
                        Databases.class,
                        HikariDataSource.class,
                        PGConnection.class,
                        Config.class,
                        Logger.class,
                        Nullable.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> new File(location.getPath()).getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path compile(Path directory, String modulePath) throws Exception {
        Path sources = Files.createDirectories(directory.resolve("service"));
        Path module = Files.writeString(directory.resolve("module-info.java"), MODULE);
        Path main = Files.writeString(sources.resolve("Main.java"), SERVICE);
        Path classes = directory.resolve("classes");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--module-path",
                        modulePath,
                        "-d",
                        classes.toString(),
                        module.toString(),
                        main.toString());
        assertThat(status).isZero();
        return classes;
    }

    private static String run(Path directory, String modulePath, Map<String, String> environment) throws Exception {
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        modulePath,
                        "--module",
                        "service/service.Main"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output, UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
