package dev.wellhead.internal.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Creates the providers of a service that are on the class path or the module path. */
public final class ServiceProviders {

    private ServiceProviders() {}

    /**
     * {@return every provider}
     *
     * @param service a service that the module descriptor declares with {@code uses}
     * @throws ServiceConfigurationError if a provider cannot be created
     */
    public static <T> List<T> all(Class<T> service) {
        return all(service, error -> {
            throw error;
        });
    }

    /** {@return the providers that can be created; {@code onError} receives the error of each of the others} */
    public static <T> List<T> all(Class<T> service, Consumer<? super ServiceConfigurationError> onError) {
        ClassLoader own = ServiceProviders.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        List<T> found = context == null ? List.of() : from(context, service, onError);
        // a thread of a container may not see the application; then the providers beside this class are used, because
        // without them a server would not be verified
        return found.isEmpty() && context != own ? from(own, service, onError) : found;
    }

    private static <T> List<T> from(
            ClassLoader loader, Class<T> service, Consumer<? super ServiceConfigurationError> onError) {
        List<T> found = new ArrayList<>(1);
        Iterator<T> providers = ServiceLoader.load(service, loader).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError e) {
                onError.accept(e);
                if (e.getCause() instanceof IOException) {
                    // the iterator repeats an unreadable file forever
                    return found;
                }
            } catch (LinkageError e) {
                // a superclass of the provider is missing; the iterator does not convert this error
                onError.accept(new ServiceConfigurationError(service.getName() + ": a provider cannot be loaded", e));
            }
        }
    }
}
