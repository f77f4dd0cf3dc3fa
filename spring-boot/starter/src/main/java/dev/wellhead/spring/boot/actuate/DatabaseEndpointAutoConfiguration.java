package dev.wellhead.spring.boot.actuate;

import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The endpoint {@code database}. As with Spring Boot's endpoint {@code env}, values are shown only if {@code
 * management.endpoint.database.show-values} is {@code always}, or {@code when-authorized} and the user has one of the {@code
 * management.endpoint.database.roles}.
 */
@AutoConfiguration(after = DatabaseObservationAutoConfiguration.class)
@ConditionalOnClass(
        name = "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint")
@ConditionalOnBean(ObservedDatabases.class)
@ConditionalOnAvailableEndpoint(endpoint = DatabaseEndpoint.class)
public class DatabaseEndpointAutoConfiguration {

    private static final String PROPERTIES = "management.endpoint.database.";

    /** Called by Spring. */
    DatabaseEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    DatabaseEndpoint databaseEndpoint(
            ObservedDatabases databases, ObjectProvider<SanitizingFunction> sanitizing, Environment environment) {
        return new DatabaseEndpoint(
                databases, new ShownValues(sanitizing.orderedStream().toList()), showValues(environment));
    }

    @Bean
    @ConditionalOnMissingBean
    DatabaseEndpointWebExtension databaseEndpointWebExtension(DatabaseEndpoint endpoint, Environment environment) {
        Set<String> roles = Binder.get(environment)
                .bind(PROPERTIES + "roles", Bindable.setOf(String.class))
                .orElse(Set.of());
        return new DatabaseEndpointWebExtension(endpoint, showValues(environment), roles);
    }

    private static Show showValues(Environment environment) {
        return Binder.get(environment)
                .bind(PROPERTIES + "show-values", Bindable.of(Show.class))
                .orElse(Show.NEVER);
    }
}
