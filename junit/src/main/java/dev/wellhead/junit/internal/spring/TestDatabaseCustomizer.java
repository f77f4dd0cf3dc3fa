package dev.wellhead.junit.internal.spring;

import dev.wellhead.Database;
import dev.wellhead.junit.internal.ClassDatabases;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Registers the database of a class as a bean before the application context reads its configuration, so that Wellhead's
 * and Spring Boot's auto-configuration create no other one. Spring caches a context together with its customizers: classes
 * share a context only if they share the database.
 *
 * @param key the declaration of the database
 * @param open the database; null if Spring starts before the extension opens it. A later test run in the same process has
 *     another database, and so another context
 */
record TestDatabaseCustomizer(ClassDatabases.Key key, @Nullable Database open) implements ContextCustomizer {

    private static final String PRIMARY = "wellheadTestDatabase";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        if (key.isPerMethod()) {
            throw new IllegalStateException(
                    "@TestDatabase(scope = METHOD) gives each test method another database, but an"
                            + " application context has one. Use the scope CLASS or RUN, or put the annotation on a field or a"
                            + " parameter instead of the class.");
        }
        Database database = Optional.ofNullable(open)
                .or(() -> ClassDatabases.find(key))
                .orElseThrow(() -> new IllegalStateException("The application context is created before the database of"
                        + " @TestDatabase. Put @TestDatabase above the annotation that starts Spring."));
        BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
        RootBeanDefinition definition = new RootBeanDefinition(Database.class, () -> database);
        // the extension closes it
        definition.setDestroyMethodName("");
        definition.setRole(AbstractBeanDefinition.ROLE_INFRASTRUCTURE);
        if (key.name().isEmpty()) {
            definition.setPrimary(true);
            registry.registerBeanDefinition(PRIMARY, definition);
            context.addBeanFactoryPostProcessor(new DataSourceReplacement(PRIMARY, definition));
            // so that @DataJpaTest and @JdbcTest do not replace it by an in-memory database
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "wellhead-test-database", Map.of("spring.test.database.replace", "NONE")));
        } else {
            definition.addQualifier(new AutowireCandidateQualifier(
                    "org.springframework.beans.factory.annotation.Qualifier", key.name()));
            registry.registerBeanDefinition(key.name() + "Database", definition);
        }
    }
}
