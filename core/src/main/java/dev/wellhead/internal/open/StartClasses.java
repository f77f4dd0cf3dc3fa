package dev.wellhead.internal.open;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Loads and links the classes of a start in the background: those of the driver, the pool and Wellhead. Most of the time of a
 * cold start is the JVM's work on classes, and the thread that opens the database is busy with its settings. Classes are not
 * initialized, because two threads that initialize classes in different orders can block each other.
 */
public final class StartClasses implements Runnable {

    /** One name per line; StartUpClassesTest writes this file and compares it with a start. */
    static final String LIST = "start-classes.txt";

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private StartClasses() {}

    /**
     * Begins, unless this process has begun already or has only one processor. Returns immediately. An application that has
     * other work before it opens its database can call this earlier.
     */
    public static void prepare() {
        // a class loader with one lock for all classes could block its other users
        ClassLoader loader = StartClasses.class.getClassLoader();
        if (Runtime.getRuntime().availableProcessors() > 1
                && loader != null
                && loader.isRegisteredAsParallelCapable()
                && BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(null, new StartClasses(), "wellhead-start-classes", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        }
    }

    @Override
    public void run() {
        // a native image does not contain the list, and has no classes to load
        try (InputStream list = StartClasses.class.getResourceAsStream(LIST)) {
            if (list != null) {
                BufferedReader names = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII));
                for (String name = names.readLine(); name != null; name = names.readLine()) {
                    link(name);
                }
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(StartClasses.class).debug("The list of the classes of a start is not readable.", e);
        }
    }

    /** Another version of the driver or of the pool may not have the class. The start then does without this preparation. */
    private static void link(String name) {
        try {
            // HotSpot links a class before it returns its constructors
            var unused = Class.forName(name, false, StartClasses.class.getClassLoader())
                    .getDeclaredConstructors();
        } catch (ClassNotFoundException | LinkageError e) {
            LoggerFactory.getLogger(StartClasses.class).trace("{} was not prepared for the start.", name, e);
        }
    }
}
