package dev.wellhead.internal.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Loads the implementations of a service that {@link ServiceLoader} finds on the class path. */
public final class OnClassPath {

    private OnClassPath() {}

    /**
     * {@return all implementations}
     *
     * @throws ServiceConfigurationError if one of them cannot be created
     */
    public static <T> List<T> all(Class<T> service) {
        return find(service, null);
    }

    /**
     * {@return the implementations that can be created}
     *
     * @param failed receives the error of each of the others
     */
    public static <T> List<T> all(Class<T> service, Consumer<? super ServiceConfigurationError> failed) {
        return find(service, failed);
    }

    private static <T> List<T> find(
            Class<T> service, @Nullable Consumer<? super ServiceConfigurationError> failed) {
        ClassLoader own = OnClassPath.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        List<T> found = context == null ? List.of() : load(context, service, failed);
        // the context loader of a container's own thread may not find the application's classes
        return found.isEmpty() && context != own ? load(own, service, failed) : found;
    }

    private static <T> List<T> load(
            ClassLoader loader, Class<T> service, @Nullable Consumer<? super ServiceConfigurationError> failed) {
        List<T> found = new ArrayList<>();
        Iterator<T> services = ServiceLoader.load(service, loader).iterator();
        boolean isReadable = true;
        while (isReadable && services.hasNext()) {
            try {
                found.add(services.next());
            } catch (ServiceConfigurationError e) {
                if (failed == null) {
                    throw e;
                }
                failed.accept(e);
                // the iterator would repeat an error of reading forever
                isReadable = !(e.getCause() instanceof IOException);
            }
        }
        return found;
    }
}
