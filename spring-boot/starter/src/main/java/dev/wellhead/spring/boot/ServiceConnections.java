package dev.wellhead.spring.boot;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Reads the bean of type {@code JdbcConnectionDetails}, which has another package in Spring Boot 4. Beans that only repeat
 * {@code spring.datasource.*} do not count.
 */
final class ServiceConnections {

    private static final String PROPERTIES = "PropertiesJdbcConnectionDetails";

    private static final List<String> TYPES = List.of(
            "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails",
            "org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails");

    private ServiceConnections() {}

    /** {@return whether there may be a service connection} Creates no bean, and so starts no container. */
    static boolean areDefined(ConfigurableListableBeanFactory beans) {
        for (String name : TYPES) {
            try {
                Class<?> type = Class.forName(name, false, beans.getBeanClassLoader());
                return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false).length > 0;
            } catch (ClassNotFoundException e) {
                // of the other generation of Spring Boot
            }
        }
        return false;
    }

    /** For Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails")
    static class OfBoot3 {

        @Bean
        @Lazy
        @Nullable
        ServiceConnection wellheadServiceConnection(ConfigurableListableBeanFactory beans) {
            var type = org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails.class;
            var found = only(beans, type);
            return found == null
                    ? null
                    : ServiceConnection.of(
                            found.getKey(),
                            found.getValue().getJdbcUrl(),
                            found.getValue().getUsername(),
                            found.getValue().getPassword());
        }
    }

    /** For Spring Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails")
    static class OfBoot4 {

        @Bean
        @Lazy
        @Nullable
        ServiceConnection wellheadServiceConnection(ConfigurableListableBeanFactory beans) {
            var type = org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails.class;
            var found = only(beans, type);
            return found == null
                    ? null
                    : ServiceConnection.of(
                            found.getKey(),
                            found.getValue().getJdbcUrl(),
                            found.getValue().getUsername(),
                            found.getValue().getPassword());
        }
    }

    private static <T> Map.@Nullable Entry<String, T> only(ConfigurableListableBeanFactory beans, Class<T> type) {
        Map<String, T> found = new TreeMap<>(beans.getBeansOfType(type));
        found.values().removeIf(details -> details.getClass().getSimpleName().equals(PROPERTIES));
        if (found.size() > 1) {
            Set<String> names = Set.copyOf(found.keySet());
            found.keySet()
                    .removeIf(name -> !beans.containsBeanDefinition(name)
                            || !beans.getBeanDefinition(name).isPrimary());
            if (found.size() != 1) {
                throw new NoUniqueBeanDefinitionException(type, names);
            }
        }
        return found.isEmpty() ? null : found.entrySet().iterator().next();
    }
}
