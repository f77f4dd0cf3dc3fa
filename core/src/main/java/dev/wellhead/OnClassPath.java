package dev.wellhead;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;

/** What {@link ServiceLoader} finds of one kind. */
final class OnClassPath {

    private OnClassPath() {}

    static <T> List<T> all(Class<T> kind) {
        List<T> found = new ArrayList<>();
        Iterator<T> services = ServiceLoader.load(kind, loader()).iterator();
        while (services.hasNext()) {
            found.add(services.next());
        }
        return found;
    }

    /** The application's loader, where a container or framework says which it is; else ours. */
    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? OnClassPath.class.getClassLoader() : context;
    }
}
