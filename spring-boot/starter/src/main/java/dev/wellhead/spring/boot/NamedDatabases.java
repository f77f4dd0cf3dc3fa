package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a bean for each named database: those with properties below {@code wellhead.databases.<name>}, and those that
 * {@code wellhead.spring.databases} lists because only variables configure them. They are injected by qualifier only, so
 * that the default database stays the only candidate elsewhere.
 */
final class NamedDatabases implements ImportBeanDefinitionRegistrar, EnvironmentAware {

    static final String LIST = "wellhead.spring.databases";

    private @Nullable ConfigurableEnvironment environment;

    NamedDatabases() {}

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = (ConfigurableEnvironment) environment;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
        if (environment == null) {
            return;
        }
        List<String> beans = new ArrayList<>();
        for (String name : names(environment)) {
            register(name, registry, beans);
        }
        RootBeanDefinition named = new RootBeanDefinition(NamedDatabaseBeans.class);
        named.getConstructorArgumentValues().addIndexedArgumentValue(0, beans);
        registry.registerBeanDefinition(NamedDatabaseBeans.BEAN, named);
    }

    private static Set<String> names(ConfigurableEnvironment environment) {
        PropertyNames properties = PropertyNames.of(environment);
        Set<String> names = new TreeSet<>(properties.databases());
        if (properties.hasNameThatStartsWith(LIST)) {
            names.addAll(Binder.get(environment)
                    .bind(LIST, Bindable.listOf(String.class))
                    .orElse(List.of()));
        }
        names.add(DatabaseBeans.DEFAULT);
        List<Problem> problems = new ArrayList<>(MisplacedProperties.in(properties, names));
        names.remove(DatabaseBeans.DEFAULT);
        problems.addAll(ReadOnlyRouting.check(environment, properties));
        problems.addAll(new NamesOfDatabases(names, properties).check());
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return names;
    }

    /** @param beans the bean of the database is added, unless the application has a bean of this name */
    private static void register(String name, BeanDefinitionRegistry registry, List<String> beans) {
        String bean = beanName(name);
        RootBeanDefinition database = definition("open", name);
        database.setDestroyMethodName("close");
        if (add(name, bean + "Database", database, registry)) {
            beans.add(bean + "Database");
        }
        RootBeanDefinition reader = definition("reader", new RuntimeBeanReference(bean + "Database"));
        // created only where it is injected, as the reader of the default database
        reader.setScope(BeanDefinition.SCOPE_PROTOTYPE);
        add(name + NamesOfDatabases.READER, bean + "Reader", reader, registry);
    }

    /** {@return a bean that a method of {@link DatabaseBeans} creates} Ahead-of-time processing supports it. */
    private static RootBeanDefinition definition(String method, Object argument) {
        RootBeanDefinition definition = new RootBeanDefinition(Database.class);
        definition.setFactoryBeanName(DatabaseBeans.BEAN);
        definition.setFactoryMethodName(method);
        definition.getConstructorArgumentValues().addGenericArgumentValue(argument);
        definition.setDefaultCandidate(false);
        return definition;
    }

    /** {@return whether the definition was registered} */
    private static boolean add(
            String qualifier, String beanName, RootBeanDefinition definition, BeanDefinitionRegistry registry) {
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, qualifier));
        if (registry.containsBeanDefinition(beanName)) {
            return false;
        }
        registry.registerBeanDefinition(beanName, definition);
        return true;
    }

    /** {@return the name in camel case: {@code ledgerEu} for {@code ledger-eu}} */
    private static String beanName(String name) {
        StringBuilder text = new StringBuilder(name.length());
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '-' || c == '_') {
                upper = true;
            } else {
                text.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return text.toString();
    }
}
