package dev.wellhead.spring.boot;

import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Keeps the database in test slices such as {@code @DataJpaTest}: Spring Boot replaces a data source that is not its own by
 * H2, HSQLDB or Derby, and fails if none of them is on the class path. Only the default of {@code spring.test.database.replace}
 * changes, and only if there is none of them, so that a test that wants one still gets it.
 */
final class TestSliceDefaults implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String REPLACE = "spring.test.database.replace";

    private static final String[] SLICES = {
        "org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase",
        "org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase"
    };

    TestSliceDefaults() {}

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        ClassLoader loader = getClass().getClassLoader();
        boolean areSlices = ClassUtils.isPresent(SLICES[0], loader) || ClassUtils.isPresent(SLICES[1], loader);
        if (areSlices
                && !environment.containsProperty(REPLACE)
                && EmbeddedDatabaseConnection.get(loader) == EmbeddedDatabaseConnection.NONE) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("wellheadTestSlices", Map.of(REPLACE, "none")));
        }
    }

    /** After the property sources of the application were added. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
