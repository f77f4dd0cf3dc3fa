package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The health contributor {@code database} on Spring Boot 3: one indicator, or one for each database by its name. */
@AutoConfiguration(after = DatabaseObservationAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.actuate.health.HealthContributor",
            "org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnBean({ObservedDatabases.class, Database.class})
@ConditionalOnEnabledHealthIndicator("database")
public class Boot3HealthAutoConfiguration {

    /** Called by Spring. */
    Boot3HealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = {"databaseHealthIndicator", "databaseHealthContributor"})
    HealthContributor databaseHealthContributor(ObservedDatabases databases) {
        Map<String, HealthContributor> indicators = new LinkedHashMap<>();
        databases.all().forEach((name, database) -> {
            DatabaseCheck check = new DatabaseCheck(database, databases.vitals(name));
            indicators.put(name, (HealthIndicator) () -> health(check.run()));
        });
        return indicators.size() == 1
                ? indicators.values().iterator().next()
                : CompositeHealthContributor.fromMap(indicators);
    }

    private static Health health(DatabaseCheck.Result result) {
        Health.Builder health = result.isUp() ? Health.up() : Health.down();
        return health.withDetails(result.details()).build();
    }
}
