package dev.wellhead.benchmarks.boot;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** The smallest application that uses a database: it is ready after one query. It does not know which pool it has. */
@SpringBootApplication(proxyBeanMethods = false)
public class BootApplication {

    public BootApplication() {}

    /** Prints {@code ready} when the application is ready, then ends it. */
    public static void main(String[] arguments) {
        ConfigurableApplicationContext context = SpringApplication.run(BootApplication.class, arguments);
        System.out.println("ready");
        context.close();
    }

    /** Spring Boot's own pool connects when it is first used, and runners are a part of a start. */
    @Bean
    ApplicationRunner firstQuery(JdbcTemplate database) {
        return arguments -> database.queryForObject("SELECT 1", Integer.class);
    }
}
