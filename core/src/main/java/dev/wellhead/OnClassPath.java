package dev.wellhead;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;

/** What {@link ServiceLoader} finds of one kind. */
final class OnClassPath {

    private OnClassPath() {}

    static <T> List<T> all(Class<T> kind) {
        ClassLoader own = OnClassPath.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        List<T> found = context == null ? List.of() : from(context, kind);
        // a container's own thread may not see the application: what is beside this class counts then
        return found.isEmpty() && context != own ? from(own, kind) : found;
    }

    private static <T> List<T> from(ClassLoader loader, Class<T> kind) {
        List<T> found = new ArrayList<>();
        Iterator<T> services = ServiceLoader.load(kind, loader).iterator();
        while (services.hasNext()) {
            found.add(services.next());
        }
        return found;
    }
}
