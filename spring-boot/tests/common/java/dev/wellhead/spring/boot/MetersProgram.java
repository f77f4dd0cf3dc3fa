package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.TreeSet;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Starts an application with Actuator, borrows a connection and prints the names of the meters, each as {@code meter <name>}. */
final class MetersProgram {

    private MetersProgram() {}

    public static void main(String[] arguments) throws SQLException {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            context.getBean(Database.class).getConnection().close();
            TreeSet<String> names = new TreeSet<>();
            for (Meter meter : context.getBean(MeterRegistry.class).getMeters()) {
                names.add(meter.getId().getName());
            }
            names.forEach(name -> System.out.println("meter " + name));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
