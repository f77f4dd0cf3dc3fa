package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health contributor {@code db} on Spring Boot 4, in place of Spring Boot's: one indicator, or one for each database by its
 * name. Other data sources of the application have Spring Boot's indicator.
 */
@AutoConfiguration(
        after = DatabaseObservationAutoConfiguration.class,
        beforeName = "org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration")
@ConditionalOnClass(
        name = {
            "org.springframework.boot.health.contributor.HealthContributor",
            "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnBean({ObservedDatabases.class, Database.class})
@ConditionalOnEnabledHealthIndicator("db")
public class Boot4HealthAutoConfiguration {

    /** Called by Spring. */
    Boot4HealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = {"dbHealthIndicator", "dbHealthContributor"})
    HealthContributor dbHealthContributor(
            ObservedDatabases databases,
            ObjectProvider<SanitizingFunction> sanitizing,
            @Value("${management.health.db.ignore-routing-data-sources:false}") boolean ignoreRouting) {
        Map<String, HealthContributor> indicators = databases.contributors(
                new ShownValues(sanitizing.orderedStream().toList()),
                ignoreRouting,
                check -> (HealthIndicator) () -> health(check.run()),
                DataSourceHealthIndicator::new);
        return indicators.size() == 1
                ? indicators.values().iterator().next()
                : CompositeHealthContributor.fromMap(indicators);
    }

    private static Health health(DatabaseCheck.Result result) {
        Health.Builder health = result.isUp() ? Health.up() : Health.down();
        return health.withDetails(result.details()).build();
    }
}
