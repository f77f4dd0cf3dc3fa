package dev.wellhead.spring.boot;

import dev.wellhead.testkit.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Starts an application for real, with environment variables of the test in place of those of this process. */
final class Start {

    private final Class<?>[] configurations;
    private final Map<String, Object> variables = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private WebApplicationType type = WebApplicationType.NONE;

    private Start(Class<?>[] configurations) {
        this.configurations = configurations;
    }

    static Start of(Class<?>... configurations) {
        return new Start(configurations);
    }

    /** {@return the URL of the shared server} */
    static String url() {
        return url("postgres", PostgresServer.SUPERUSER_PASSWORD, "postgres");
    }

    static String url(String user, String password, String database) {
        return "postgresql://" + user + (password.isEmpty() ? "" : ":" + password) + "@127.0.0.1:"
                + PostgresServer.shared().port() + "/" + database;
    }

    Start variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    Start argument(String name, String value) {
        arguments.add("--" + name + "=" + value);
        return this;
    }

    Start web() {
        type = WebApplicationType.SERVLET;
        return this;
    }

    ConfigurableApplicationContext run() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        SpringApplication application = new SpringApplication(configurations);
        application.setEnvironment(environment);
        application.setWebApplicationType(type);
        application.setRegisterShutdownHook(false);
        return application.run(arguments.toArray(String[]::new));
    }
}
