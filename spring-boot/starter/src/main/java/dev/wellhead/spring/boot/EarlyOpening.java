package dev.wellhead.spring.boot;

import dev.wellhead.DatabaseBuilder;
import dev.wellhead.Databases;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.MethodMetadata;

/**
 * Begins to open the default database while Spring creates the beans before it. The database is opened early only if the
 * bean is certain to be created, and if no bean of the application takes part in its settings.
 *
 * <p>This is a post-processor of beans, because Spring creates those after the last change of the bean definitions and before
 * every other bean, and does not create them when it processes the beans ahead of time. It leaves the beans as they are.
 */
final class EarlyOpening
        implements BeanPostProcessor, PriorityOrdered, BeanFactoryAware, EnvironmentAware, DisposableBean {

    private @Nullable ConfigurableListableBeanFactory beans;
    private @Nullable BackgroundStart start;

    EarlyOpening() {}

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        beans = (ConfigurableListableBeanFactory) beanFactory;
    }

    /** Called by Spring after {@link #setBeanFactory}. */
    @Override
    public void setEnvironment(Environment environment) {
        if (beans != null && isCertain(beans)) {
            SettingsSnapshot settings = settings((ConfigurableEnvironment) environment);
            start = settings == null ? null : BackgroundStart.begin(settings, builder(beans));
        }
    }

    private static DatabaseBuilder builder(ConfigurableListableBeanFactory beans) {
        DatabaseBuilder builder = Databases.builder().name(DatabaseBeans.DEFAULT);
        // creates no bean of a factory to find out its type
        beans.getBeanProvider(DatabaseBuilderCustomizer.class, false)
                .orderedStream()
                .forEach(customizer -> customizer.customize(DatabaseBeans.DEFAULT, builder));
        return builder;
    }

    /**
     * {@return the settings; null if the bean has to report them} They are read by this thread, because a property source may need
     * a bean, and Spring creates beans for one thread at a time.
     */
    private static @Nullable SettingsSnapshot settings(ConfigurableEnvironment environment) {
        try {
            PropertyNames names = PropertyNames.of(environment);
            return new SpringDataSourceProperties(environment, names).isAnySet()
                    ? null
                    : SettingsSnapshot.of(new EnvironmentSettings(environment, names, null));
        } catch (RuntimeException e) {
            // the bean reads them again, and its failure ends the start
            return null;
        }
    }

    /** {@return the database that is being opened; null if the bean has to open it} */
    @Nullable
    BackgroundStart start() {
        return start;
    }

    /** The first one, so that the other post-processors are created in the meantime too. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /** Closes the database if the context fails or ends before the bean was created. */
    @Override
    public void destroy() {
        if (start != null) {
            start.cancel();
        }
    }

    private static boolean isCertain(ConfigurableListableBeanFactory beans) {
        return beans.containsBeanDefinition(DatabaseBeans.DATABASE)
                && isCreatedAtStart(beans.getBeanDefinition(DatabaseBeans.DATABASE))
                && areCustomizersOfInfrastructure(beans)
                // such as the dynamic properties of a test
                && names(beans, BeanFactoryInitializer.class).length == 0
                && !ServiceConnections.areDefined(beans);
    }

    /** {@return whether this is the bean of the auto-configuration, and Spring creates it without a request} */
    private static boolean isCreatedAtStart(BeanDefinition database) {
        String[] earlier = database.getDependsOn();
        return database.isSingleton()
                && !database.isLazyInit()
                && (earlier == null || earlier.length == 0)
                && database instanceof AnnotatedBeanDefinition annotated
                && isOfAutoConfiguration(annotated.getFactoryMethodMetadata());
    }

    private static boolean isOfAutoConfiguration(@Nullable MethodMetadata method) {
        return method != null
                && method.getDeclaringClassName().startsWith(WellheadAutoConfiguration.class.getName() + "$");
    }

    /** {@return whether no bean of the application would have to be created before all post-processors} */
    private static boolean areCustomizersOfInfrastructure(ConfigurableListableBeanFactory beans) {
        for (String name : names(beans, DatabaseBuilderCustomizer.class)) {
            if (!beans.containsBeanDefinition(name)
                    || beans.getBeanDefinition(name).getRole() != BeanDefinition.ROLE_INFRASTRUCTURE) {
                return false;
            }
        }
        return true;
    }

    private static String[] names(ConfigurableListableBeanFactory beans, Class<?> type) {
        return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false);
    }
}
