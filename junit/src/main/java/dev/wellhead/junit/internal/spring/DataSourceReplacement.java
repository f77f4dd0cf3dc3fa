package dev.wellhead.junit.internal.spring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Replaces the data source that the application itself declares: the only one, or the primary one. Others are left.
 *
 * @param name the bean name of the database of the test
 * @param definition its definition
 */
record DataSourceReplacement(String name, RootBeanDefinition definition) implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        List<String> declared =
                new ArrayList<>(Arrays.asList(factory.getBeanNamesForType(DataSource.class, true, false)));
        declared.remove(name);
        List<String> primary = declared.stream()
                .filter(bean -> factory.containsBeanDefinition(bean)
                        && factory.getBeanDefinition(bean).isPrimary())
                .toList();
        if (primary.size() == 1) {
            replace(factory, primary.get(0));
        } else if (declared.size() == 1) {
            replace(factory, declared.get(0));
        }
    }

    private void replace(ConfigurableListableBeanFactory factory, String bean) {
        if (factory instanceof BeanDefinitionRegistry registry && registry.containsBeanDefinition(bean)) {
            BeanDefinition replaced = registry.getBeanDefinition(bean);
            if (!replaced.equals(definition)) {
                registry.removeBeanDefinition(bean);
                registry.registerAlias(name, bean);
            }
        }
    }
}
