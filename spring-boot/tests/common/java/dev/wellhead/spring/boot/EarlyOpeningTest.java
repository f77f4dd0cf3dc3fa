package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wellhead.Database;
import dev.wellhead.micrometer.DatabaseMeters;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spring.boot.actuate.DatabaseObservationAutoConfiguration;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Spring creates the beans of an application before those of auto-configurations. The applications that need this have no JPA,
 * because Spring creates its factory, and the data source with it, before all other beans.
 */
@ExtendWith(OutputCaptureExtension.class)
class EarlyOpeningTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private static final PostgresServer SERVER = PostgresServer.shared();

    /** Has the process id of the session that was open before the database was created. */
    record OpenBefore(String session) {

        static OpenBefore of(String applicationName, ConfigurableListableBeanFactory beans) {
            Await.until(LONG, "the session", () -> !sessions(applicationName).isEmpty());
            assertThat(beans.containsSingleton(DatabaseBeans.DATABASE)).isFalse();
            return new OpenBefore(sessions(applicationName).get(0));
        }
    }

    /** With everything on the class path of the tests, such as JPA, Actuator and Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({WellheadAutoConfiguration.class, DatabaseObservationAutoConfiguration.class})
    static class Waiting {

        @Bean
        OpenBefore openBefore(ConfigurableListableBeanFactory beans) {
            return OpenBefore.of("early-waiting", beans);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({WellheadAutoConfiguration.class, DatabaseObservationAutoConfiguration.class})
    static class Failing {

        @Bean
        OpenBefore openBefore(ConfigurableListableBeanFactory beans) {
            throw new IllegalStateException(
                    "after " + OpenBefore.of("early-failing", beans).session());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({WellheadAutoConfiguration.class, DatabaseObservationAutoConfiguration.class})
    static class ChangingSettings {

        @Bean
        OpenBefore openBefore(ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment) {
            OpenBefore before = OpenBefore.of("early-before", beans);
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "changed", Map.of("wellhead.databases.default.application-name", "early-after")));
            return before;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({WellheadAutoConfiguration.class, DatabaseObservationAutoConfiguration.class})
    static class CreatingTheRole {

        @Bean
        String role() throws InterruptedException {
            for (Thread thread : threads()) {
                thread.join(LONG.toMillis());
            }
            assertThat(threads()).isEmpty();
            SERVER.createRole("early_role", "early-role-password");
            return "early_role";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizing {

        @Bean
        DatabaseBuilderCustomizer customizer() {
            return (database, builder) -> builder.set(Settings.MAXIMUM_POOL_SIZE, "3");
        }
    }

    /** Has meters of its own, which need the registry of the application. */
    @Configuration(proxyBeanMethods = false)
    static class Measuring {

        @Bean
        DatabaseMeters meters(MeterRegistry registry) {
            return DatabaseMeters.on(registry);
        }

        @Bean
        MeterFilter region() {
            return MeterFilter.commonTags(Tags.of("region", "north"));
        }
    }

    /** Has a factory, which has to be created before the type of its product is known. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({WellheadAutoConfiguration.class, DatabaseObservationAutoConfiguration.class})
    static class Manufacturing {

        @Bean
        static BeanPostProcessor processor() {
            return new BeanPostProcessor() {};
        }

        @Bean
        static FactoryBean<?> product(ListableBeanFactory beans) {
            boolean isAfterProcessors = ((SingletonBeanRegistry) beans).containsSingleton("processor");
            return new FactoryBean<String>() {

                @Override
                public String getObject() {
                    return isAfterProcessors ? "after the processors" : "before the processors";
                }

                @Override
                public Class<?> getObjectType() {
                    return String.class;
                }
            };
        }
    }

    /** Has a property source that needs the context's thread, as one that reads a bean does. */
    @Configuration(proxyBeanMethods = false)
    static class ReadingThread {

        @Bean
        static BeanFactoryPostProcessor recording(ConfigurableEnvironment environment) {
            return beans -> environment.getPropertySources().addFirst(new RecordingProperties());
        }
    }

    private static final class RecordingProperties extends PropertySource<Set<String>> {

        RecordingProperties() {
            super("recording", ConcurrentHashMap.newKeySet());
        }

        @Override
        public @Nullable Object getProperty(String name) {
            getSource().add(Thread.currentThread().getName());
            return null;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Initializing {

        @Bean
        BeanFactoryInitializer<ListableBeanFactory> initializer() {
            return beans -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DependingOnABean {

        @Bean
        static BeanFactoryPostProcessor dependency() {
            return beans -> beans.getBeanDefinition(DatabaseBeans.DATABASE).setDependsOn("tunnel");
        }

        @Bean
        String tunnel() {
            return "";
        }
    }

    @Test
    void database_isOpened_whileSpringCreatesOtherBeans() throws SQLException {
        try (ConfigurableApplicationContext context = start("early-waiting", Waiting.class)) {
            assertThat(sessionOf(context.getBean(Database.class)))
                    .as("the connection that was opened early")
                    .isEqualTo(context.getBean(OpenBefore.class).session());
        }

        Await.until(LONG, "no session", () -> sessions("early-waiting").isEmpty());
    }

    @Test
    void actuator_isNoReasonToOpenLater(CapturedOutput output) {
        try (ConfigurableApplicationContext context =
                Start.of(Application.class).variable("DATABASE_URL", Start.url()).run()) {
            assertThat(context.getBeansOfType(DatabaseBuilderCustomizer.class)).hasSize(2);
            assertThat(context.getBean(EarlyOpening.class).start()).isNotNull();
        }

        assertThat(output)
                .doesNotContain("is not eligible for getting processed by all BeanPostProcessors")
                .doesNotContain("has been already registered");
    }

    @Test
    void factoryOfABean_isNotCreatedBeforeThePostProcessors() {
        try (ConfigurableApplicationContext context = start("early-factory", Manufacturing.class)) {
            assertThat(context.getBean(EarlyOpening.class).start()).isNotNull();
            assertThat(context.getBean("product")).isEqualTo("after the processors");
        }
    }

    @Test
    void failedContext_closesTheDatabase() {
        Throwable failure = catchThrowable(() -> start("early-failing", Failing.class));

        assertThat(failure).hasRootCauseInstanceOf(IllegalStateException.class);
        Await.until(LONG, "no session", () -> sessions("early-failing").isEmpty());
    }

    @Test
    void changedSettings_openAnotherDatabase() throws SQLException {
        try (ConfigurableApplicationContext context = start("early-before", ChangingSettings.class)) {
            assertThat(sessions("early-after")).containsExactly(sessionOf(context.getBean(Database.class)));
            Await.until(LONG, "no session", () -> sessions("early-before").isEmpty());
        }
    }

    @Test
    void failureBeforeTheBeanIsCreated_isNotFinal() throws SQLException {
        try (ConfigurableApplicationContext context = Start.of(CreatingTheRole.class)
                .variable("DATABASE_URL", Start.url("early_role", "early-role-password", "postgres"))
                .run()) {
            assertThat(context.getBean(Database.class).settings().user()).isEqualTo("early_role");
        }
    }

    @Test
    void failureWhileTheBeanIsCreated_isThatOfTheStart() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(SERVER)) {
            proxy.blackHole();
            Thread main = Thread.currentThread();
            CompletableFuture<Void> passing = CompletableFuture.runAsync(() -> {
                Await.until(LONG, "the bean waits", () -> isInside(main, BackgroundStart.class, "take"));
                proxy.pass();
            });

            Throwable failure = catchThrowable(() -> Start.of(Application.class)
                    .variable("DATABASE_URL", "postgresql://postgres@127.0.0.1:" + proxy.port() + "/early_missing")
                    .variable("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD)
                    .variable("DB_CONNECT_TIMEOUT", "5m")
                    .variable("DB_CONNECTION_TIMEOUT", "5m")
                    .run());

            passing.join();
            assertThat(failure)
                    .hasRootCauseMessage("FATAL: database \"early_missing\" does not exist")
                    .hasStackTraceContaining("Cannot connect to 127.0.0.1:" + proxy.port()
                            + ": it has no database 'early_missing' (database name in DATABASE_URL).");
            assertThat(proxy.connectionCount()).as("attempts").isEqualTo(1);
        }
    }

    @Test
    void missingLocalServer_isReportedByTheBean() {
        int port = FreePort.find();

        Throwable failure = catchThrowable(() -> Start.of(Application.class)
                .variable("ENVIRONMENT", "test")
                .variable("DB_PORT", Integer.toString(port))
                .run());

        assertThat(failure)
                .hasStackTraceContaining(ConnectionFailedException.class.getName() + ": Cannot connect to localhost:"
                        + port + ": nothing listens on this port")
                .satisfies(thrown -> assertThat(thrown.getStackTrace()).isNotEmpty());
    }

    @Test
    void properties_areReadOnlyByTheThreadOfTheContext() {
        try (ConfigurableApplicationContext context = Start.of(Application.class, ReadingThread.class)
                .variable("DATABASE_URL", Start.url())
                .run()) {
            assertThat(context.getBean(EarlyOpening.class).start()).isNotNull();
            assertThat(context.getEnvironment().getPropertySources().get("recording"))
                    .isInstanceOfSatisfying(RecordingProperties.class, properties -> assertThat(properties.getSource())
                            .contains(Thread.currentThread().getName())
                            .doesNotContain("wellhead-start"));
        }
    }

    @Test
    void propertiesOfSpringsDataSource_opensNothingBeforeTheyAreCompared() {
        assertOpensLater(Start.of(Application.class).argument("spring.datasource.username", "app"));
    }

    @Test
    void placeholderWithoutAValue_isReportedByTheBean() {
        Throwable failure = catchThrowable(() -> Start.of(Application.class)
                .argument("wellhead.databases.default.url", "${MISSING_DATABASE_URL}")
                .run());

        assertThat(failure)
                .hasStackTraceContaining(
                        "wellhead.databases.default.url has a placeholder that no property source of Spring has.");
    }

    @Test
    void lazyInitialization_opensNothing() {
        Start start = Start.of(Application.class).argument("spring.main.lazy-initialization", "true");

        assertOpensLater(start);
    }

    @Test
    void customizerOfTheApplication_opensNothingBeforeIt() {
        assertOpensLater(Start.of(Application.class, Customizing.class));
    }

    @Test
    void metersOfTheApplication_opensNothingBeforeItsRegistryIsComplete() {
        Start start = Start.of(Application.class, Measuring.class).variable("DATABASE_URL", Start.url());
        try (ConfigurableApplicationContext context = start.run()) {
            assertThat(context.getBean(EarlyOpening.class).start()).isNull();
            assertThat(context.getBean(MeterRegistry.class).getMeters())
                    .filteredOn(meter -> meter.getId().getName().startsWith("db.client.connection"))
                    .isNotEmpty()
                    .allSatisfy(meter -> assertThat(meter.getId().getTag("region")).isEqualTo("north"));
        }
    }

    @Test
    void initializerOfTheBeanFactory_opensNothingBeforeIt() {
        assertOpensLater(Start.of(Application.class, Initializing.class));
    }

    @Test
    void databaseThatDependsOnABean_opensNothingBeforeIt() {
        assertOpensLater(Start.of(Application.class, DependingOnABean.class));
    }

    private static void assertOpensLater(Start start) {
        try (ConfigurableApplicationContext context =
                start.variable("DATABASE_URL", Start.url()).run()) {
            assertThat(context.getBean(EarlyOpening.class).start()).isNull();
            assertThat(context.getBean(Database.class).settings().user()).isEqualTo("postgres");
        }
    }

    private static ConfigurableApplicationContext start(String applicationName, Class<?> configuration) {
        return Start.of(configuration)
                .variable("DATABASE_URL", Start.url())
                .variable("DB_APPLICATION_NAME", applicationName)
                .variable("DB_MAXIMUM_POOL_SIZE", "1")
                .run();
    }

    private static List<String> sessions(String applicationName) {
        return SERVER.query("select pid from pg_stat_activity where application_name = '" + applicationName + "'");
    }

    private static String sessionOf(Database database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("wellhead-start"))
                .toList();
    }

    private static boolean isInside(Thread thread, Class<?> type, String method) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals(type.getName())
                    && frame.getMethodName().equals(method)) {
                return true;
            }
        }
        return false;
    }
}
