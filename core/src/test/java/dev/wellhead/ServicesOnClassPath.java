package dev.wellhead;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;

/** A class path for one thread that contains certain services, and no others. */
public final class ServicesOnClassPath {

    private final Path directory;

    private ServicesOnClassPath(Path directory) {
        this.directory = directory;
    }

    /** Creates a class path with a service file in {@code directory}, which must be empty. */
    public static ServicesOnClassPath in(Path directory, Class<?> kind, Class<?>... services) throws IOException {
        return listing(
                directory, kind, Arrays.stream(services).map(Class::getName).toList());
    }

    /** As {@link #in}, with the content of the service file as lines, which may be invalid. */
    public static ServicesOnClassPath listing(Path directory, Class<?> kind, List<String> lines) throws IOException {
        Path listed = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(listed.resolve(kind.getName()), lines);
        return new ServicesOnClassPath(directory);
    }

    /** {@return the result of {@code action}, which finds only these services} */
    public <T> T call(Callable<T> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (OnlyThere loader = new OnlyThere(directory.toUri().toURL(), before)) {
            thread.setContextClassLoader(loader);
            return action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static final class OnlyThere extends URLClassLoader {

        OnlyThere(URL directory, ClassLoader parent) {
            super(new URL[] {directory}, parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return findResources(name);
        }
    }
}
