package dev.wellhead.spring.boot.actuate;

import dev.wellhead.micrometer.DatabaseMeters;
import dev.wellhead.spring.boot.DatabaseBuilderCustomizer;
import dev.wellhead.spring.boot.WellheadAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/**
 * Measures every database in the application's {@link MeterRegistry}. The registry is bound with Spring Boot's other binders, after
 * all beans were created; what happens before is recorded then. An application that defines a bean of type {@link DatabaseMeters}
 * binds it itself.
 */
@AutoConfiguration(
        after = WellheadAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({MeterRegistry.class, DatabaseMeters.class})
@ConditionalOnBean({MeterRegistry.class, WellheadAutoConfiguration.class})
public class DatabaseMetersAutoConfiguration {

    /** Called by Spring. */
    DatabaseMetersAutoConfiguration() {}

    /**
     * Without the role of infrastructure, because the meters of the application may need its registry, which has to be created
     * after all post-processors. Spring registers this bean after those of the class below.
     */
    @Bean
    @ConditionalOnMissingBean(OfApplicationRegistry.class)
    static DatabaseBuilderCustomizer applicationMetersCustomizer(DatabaseMeters meters) {
        return (database, builder) -> builder.listener(meters);
    }

    /** Binds the registry of the application, unless the application has meters of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(DatabaseMeters.class)
    static class OfApplicationRegistry {

        /** Infrastructure, and static methods, because these beans may be created before all post-processors. */
        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static DatabaseBuilderCustomizer databaseMetersCustomizer(@Qualifier("databaseMeters") DatabaseMeters meters) {
            return (database, builder) -> builder.listener(meters);
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static DatabaseMeters databaseMeters() {
            return DatabaseMeters.unbound();
        }

        @Bean
        MeterBinder databaseMeterBinder(DatabaseMeters meters) {
            return meters::bindTo;
        }
    }
}
