package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** A web application with two databases. It prints an answer of each bean and of the endpoint, each as {@code answer <text>}. */
public final class AheadOfTimeProgram {

    private AheadOfTimeProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (ConfigurableApplicationContext context =
                new SpringApplication(Application.class).run(arguments)) {
            Beans beans = context.getBean(Beans.class);
            String name = "select current_database()";
            String readOnly = "show transaction_read_only";
            answer("generated", AotDetector.useGeneratedArtifacts());
            answer("database", beans.jdbc.queryForObject(name, String.class));
            answer("same", beans.jdbc.getDataSource() == beans.database);
            answer("reader", new JdbcTemplate(beans.reader).queryForObject(readOnly, String.class));
            answer("ledger", new JdbcTemplate(beans.ledger).queryForObject(name, String.class));
            answer("ledgerReader", new JdbcTemplate(beans.ledgerReader).queryForObject(readOnly, String.class));
            answer("endpoint", get(context, "/actuator/database"));
            answer("health", get(context, "/actuator/health/db"));
        }
    }

    private static void answer(String key, @Nullable Object value) {
        System.out.println("answer " + key + " " + value);
    }

    private static String get(ConfigurableApplicationContext context, String path)
            throws IOException, InterruptedException {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    record Beans(JdbcTemplate jdbc, Database database, Database reader, Database ledger, Database ledgerReader) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Beans beans(
                JdbcTemplate jdbc,
                Database database,
                @Qualifier("reader") Database reader,
                @Qualifier("ledger") Database ledger,
                @Qualifier("ledgerReader") Database ledgerReader) {
            return new Beans(jdbc, database, reader, ledger, ledgerReader);
        }
    }
}
