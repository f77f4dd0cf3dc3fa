package dev.wellhead;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** What {@link ServiceLoader} finds of one kind. */
final class OnClassPath {

    private OnClassPath() {}

    /** {@return all of them; a {@link ServiceConfigurationError} where one cannot be made} */
    static <T> List<T> all(Class<T> kind) {
        return all(kind, error -> {
            throw error;
        });
    }

    /** {@return those that can be made; {@code broken} is told of the others} */
    static <T> List<T> all(Class<T> kind, Consumer<? super ServiceConfigurationError> broken) {
        ClassLoader own = OnClassPath.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        List<T> found = context == null ? List.of() : from(context, kind, broken);
        // a container's own thread may not see the application: what is beside this class counts then
        return found.isEmpty() && context != own ? from(own, kind, broken) : found;
    }

    private static <T> List<T> from(
            ClassLoader loader, Class<T> kind, Consumer<? super ServiceConfigurationError> broken) {
        List<T> found = new ArrayList<>();
        Iterator<T> services = ServiceLoader.load(kind, loader).iterator();
        boolean isReadable = true;
        while (isReadable && services.hasNext()) {
            try {
                found.add(services.next());
            } catch (ServiceConfigurationError e) {
                broken.accept(e);
                // what cannot be read is tried again for ever
                isReadable = !(e.getCause() instanceof IOException);
            }
        }
        return found;
    }
}
