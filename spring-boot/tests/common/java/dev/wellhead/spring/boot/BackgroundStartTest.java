package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.spring.boot.actuate.DatabaseObservationAutoConfiguration;
import dev.wellhead.testkit.Await;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

class BackgroundStartTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    /** Reads properties from a bean that needs the database. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({WellheadAutoConfiguration.class, DatabaseObservationAutoConfiguration.class})
    static class Application {

        @Bean
        static BeanFactoryPostProcessor properties(ConfigurableEnvironment environment) {
            Thread main = Thread.currentThread();
            return beans -> environment.getPropertySources().addFirst(new PropertiesOfBeans(beans, main));
        }
    }

    private static final class PropertiesOfBeans extends PropertySource<ListableBeanFactory> {

        private final Thread main;

        PropertiesOfBeans(ListableBeanFactory beans, Thread main) {
            super("beans", beans);
            this.main = main;
        }

        @Override
        public @Nullable Object getProperty(String name) {
            if (Thread.currentThread() != main) {
                Await.until(LONG, "the bean waits", () -> isInside(main, "take"));
                getSource().getBean(Database.class);
            }
            return null;
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void openingThatNeedsABean_isLeftToTheBeanOfTheDatabase() {
        try (ConfigurableApplicationContext context =
                Start.of(Application.class).variable("DATABASE_URL", Start.url()).run()) {
            assertThat(context.getBean(EarlyOpening.class).start()).isNotNull();
            assertThat(context.getBean(Database.class).settings().user()).isEqualTo("postgres");
        }

        Await.until(LONG, "the end of the thread", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("wellhead-start")));
    }

    private static boolean isInside(Thread thread, String method) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(BackgroundStart.class.getName())
                        && frame.getMethodName().equals(method));
    }
}
