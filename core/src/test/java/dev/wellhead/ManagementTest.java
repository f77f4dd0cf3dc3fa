package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static PostgresServer server;

    @TempDir
    Path directory;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder().start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Test
    void bean_credentialsCanChange_refreshesThemAndClosesWithTheDatabase() throws Exception {
        server.createRole("managed", "m4naged-first");
        Path file = Files.writeString(directory.resolve("password"), "m4naged-first");
        ObjectName name = new ObjectName("dev.wellhead:type=Database,name=managed");
        try (Database database = open("managed", file)) {
            Await.until(LONGEST, "the bean is there", () -> BEANS.isRegistered(name));
            DatabaseMXBean bean = JMX.newMXBeanProxy(BEANS, name, DatabaseMXBean.class);
            assertThat(bean.getCredentialsSource()).isEqualTo("password file " + file);
            assertThat(bean.getSettings())
                    .contains("user = managed (environment variable MANAGED_DB_USER)")
                    .noneMatch(line -> line.contains("m4naged"));
            assertThat(bean.refreshCredentials()).isFalse();

            server.setPassword("managed", "m4naged-second");
            Files.writeString(file, "m4naged-wrong");
            assertThatThrownBy(bean::refreshCredentials)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("it refused the password of user 'managed'")
                    .hasMessageNotContaining("m4naged-");

            Files.writeString(file, "m4naged-second");
            // the pool reads the file as well, and can be the first to notice the change
            bean.refreshCredentials();
            assertThat(database.refreshCredentials()).isFalse();
        }
        assertThat(BEANS.isRegistered(name)).isFalse();
    }

    @Test
    void bean_oneNameTwice_isNumbered() throws Exception {
        server.createRole("twice", "tw1ce");
        Path file = Files.writeString(directory.resolve("password"), "tw1ce");
        ObjectName first = new ObjectName("dev.wellhead:type=Database,name=twice");
        ObjectName second = new ObjectName("dev.wellhead:type=Database,name=twice,instance=2");
        try (Database one = open("twice", file);
                Database two = open("twice", file)) {
            Await.until(LONGEST, "both are there", () -> BEANS.isRegistered(first) && BEANS.isRegistered(second));
            assertThat(one).isNotSameAs(two);
        }
        assertThat(BEANS.isRegistered(first)).isFalse();
        assertThat(BEANS.isRegistered(second)).isFalse();
    }

    @Test
    void bean_ofCredentialsThatNeverChange_isNone() throws Exception {
        try (Database database = Databases.builder()
                .name("fixed")
                .environment(environment(
                        "fixed",
                        Map.of("FIXED_DB_USER", "postgres", "FIXED_DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD)))
                .open()) {
            assertThat(database.refreshCredentials()).isFalse();
            assertThat(BEANS.queryNames(new ObjectName("dev.wellhead:type=Database,name=fixed,*"), null))
                    .isEmpty();
        }
    }

    private static Database open(String name, Path passwordFile) throws SQLException {
        String prefix = name.toUpperCase(java.util.Locale.ROOT) + "_DB_";
        return Databases.builder()
                .name(name)
                .environment(environment(
                        name, Map.of(prefix + "USER", name, prefix + "PASSWORD_FILE", passwordFile.toString())))
                .open();
    }

    private static Map<String, String> environment(String name, Map<String, String> more) {
        String prefix = name.toUpperCase(java.util.Locale.ROOT) + "_DB_";
        Map<String, String> environment = new HashMap<>(more);
        environment.put(prefix + "HOST", server.host());
        environment.put(prefix + "PORT", Integer.toString(server.port()));
        environment.put(prefix + "NAME", "postgres");
        environment.put(prefix + "MAXIMUM_POOL_SIZE", "2");
        return environment;
    }
}
