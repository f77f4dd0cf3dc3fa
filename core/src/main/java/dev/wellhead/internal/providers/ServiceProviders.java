package dev.wellhead.internal.providers;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Creates the providers of a service that are on the class path or the module path. */
public final class ServiceProviders {

    private ServiceProviders() {}

    /**
     * {@return every provider}
     *
     * @param service a service that the module descriptor declares with {@code uses}
     * @throws ConfigurationException if a provider cannot be created, with every such provider
     */
    public static <T> List<T> all(Class<T> service) {
        List<BrokenProvider> broken = new ArrayList<>(0);
        List<T> found = all(service, broken);
        if (!broken.isEmpty()) {
            List<Problem> problems = new ArrayList<>(broken.size());
            for (BrokenProvider provider : broken) {
                problems.add(provider.problem());
            }
            ConfigurationException refused = new ConfigurationException(problems);
            refused.initCause(broken.get(0).cause());
            throw refused;
        }
        return found;
    }

    /** {@return the providers that can be created; the others are added to {@code broken}} */
    public static <T> List<T> all(Class<T> service, List<BrokenProvider> broken) {
        ClassLoader own = ServiceProviders.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        List<Throwable> errors = new ArrayList<>(0);
        List<T> found = context == null ? List.of() : from(context, service, errors);
        ClassLoader searched = context == null ? own : context;
        // a thread of a container may not see the application; then the providers beside this class are used, because
        // without them a server would not be verified
        if (found.isEmpty() && errors.isEmpty() && context != own) {
            found = from(own, service, errors);
            searched = own;
        }
        if (!errors.isEmpty()) {
            broken.addAll(new ServiceEntries<>(service, searched).broken(found, errors));
        }
        return found;
    }

    private static <T> List<T> from(ClassLoader loader, Class<T> service, List<Throwable> errors) {
        List<T> found = new ArrayList<>(1);
        Iterator<T> providers = ServiceLoader.load(service, loader).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError e) {
                errors.add(e);
                if (e.getCause() instanceof IOException) {
                    // the iterator repeats an unreadable file forever
                    return found;
                }
            } catch (LinkageError e) {
                // a superclass of the provider is missing; the iterator does not convert this error
                errors.add(e);
            }
        }
    }
}
