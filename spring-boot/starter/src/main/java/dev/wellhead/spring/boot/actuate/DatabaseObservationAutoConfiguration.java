package dev.wellhead.spring.boot.actuate;

import dev.wellhead.spring.boot.WellheadAutoConfiguration;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Observes every database for the health contributor and the endpoint, in applications with Actuator. */
@AutoConfiguration(after = WellheadAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
@ConditionalOnBean(WellheadAutoConfiguration.class)
public class DatabaseObservationAutoConfiguration {

    /** Called by Spring. */
    DatabaseObservationAutoConfiguration() {}

    /** Infrastructure, and a static method, because this bean may be created before all post-processors. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ObservedDatabases observedDatabases() {
        return new ObservedDatabases();
    }
}
