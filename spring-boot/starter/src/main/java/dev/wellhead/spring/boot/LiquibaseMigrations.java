package dev.wellhead.spring.boot;

import liquibase.integration.spring.SpringLiquibase;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Sets the data source for migrations on Liquibase, which migrates when it is initialized. */
final class LiquibaseMigrations implements BeanPostProcessor {

    LiquibaseMigrations() {}

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof SpringLiquibase liquibase) {
            MigrationDataSource.of(liquibase.getDataSource()).ifPresent(liquibase::setDataSource);
        }
        return bean;
    }
}
