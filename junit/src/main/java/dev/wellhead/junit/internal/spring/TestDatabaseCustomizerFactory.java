package dev.wellhead.junit.internal.spring;

import dev.wellhead.junit.internal.ClassDatabases;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/** Found by Spring. Customizes the application contexts of classes that declare a database. */
public final class TestDatabaseCustomizerFactory implements ContextCustomizerFactory {

    /** Called by Spring. */
    public TestDatabaseCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> test, List<ContextConfigurationAttributes> attributes) {
        return ClassDatabases.declaredBy(test)
                .map(key ->
                        new TestDatabaseCustomizer(key, ClassDatabases.find(key).orElse(null)))
                .orElse(null);
    }
}
