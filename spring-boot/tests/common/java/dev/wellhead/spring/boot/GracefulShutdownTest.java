package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class GracefulShutdownTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage
    @Import(Requests.class)
    static class Application {}

    /** Answers only when the shutdown has begun, and then still needs the database. */
    @RestController
    static class Requests {

        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch closing = new CountDownLatch(1);
        private final JdbcTemplate jdbc;

        Requests(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @GetMapping("/user")
        public String user() throws InterruptedException {
            started.countDown();
            boolean isClosing = closing.await(1, TimeUnit.MINUTES);
            String user = jdbc.queryForObject("select current_user", String.class);
            return user + " " + isClosing + " " + isVirtual(Thread.currentThread());
        }

        /** {@return the answer of {@code Thread.isVirtual}, which Java 17 does not have} */
        private static boolean isVirtual(Thread thread) {
            return thread.getClass().getName().equals("java.lang.VirtualThread");
        }

        @EventListener
        public void closed(ContextClosedEvent event) {
            closing.countDown();
        }
    }

    @Test
    void runningRequest_isServed_beforeThePoolCloses() throws Exception {
        assertServed(false);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Java 17 has no virtual threads.")
    void runningRequest_onAVirtualThread_isServed_beforeThePoolCloses() throws Exception {
        assertServed(true);
    }

    private static void assertServed(boolean areThreadsVirtual) throws Exception {
        var context = Start.of(Application.class)
                .web()
                .variable("DATABASE_URL", Start.url())
                .argument("server.port", "0")
                .argument("server.address", "127.0.0.1")
                .argument("server.shutdown", "graceful")
                .argument("spring.threads.virtual.enabled", Boolean.toString(areThreadsVirtual))
                .run();
        HikariDataSource pool = context.getBean(Database.class).unwrap(HikariDataSource.class);
        URI uri = URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/user");
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(context.getBean(Requests.class).started.await(1, TimeUnit.MINUTES))
                .isTrue();

        context.close();

        assertThat(answer.get(1, TimeUnit.MINUTES).body()).isEqualTo("postgres true " + areThreadsVirtual);
        assertThat(pool.isClosed()).isTrue();
    }
}
