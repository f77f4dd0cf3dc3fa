package dev.wellhead.internal.sources;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The only class that reads the environment and the system properties of this process, its program and host name. */
final class ProcessEnvironment {

    private static final String HOST_NAME_FILE = "/etc/hostname";

    /** More than a host name may have (hostname(7): 253). */
    private static final int HOST_NAME_BYTES = 256;

    private ProcessEnvironment() {}

    /** {@return the environment variables; if HOME is not set, it is the system property {@code user.home}} */
    static Map<String, String> variables() {
        return withHome(System.getenv());
    }

    /** {@return a copy of the variables; if HOME is not set, it is the system property {@code user.home}} */
    static Map<String, String> withHome(Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        String home = variables.get("HOME");
        if ((home == null || home.isBlank()) && !variables.containsKey("APPDATA")) {
            variables.put("HOME", System.getProperty("user.home", ""));
        }
        return variables;
    }

    /** {@return the system properties of Wellhead and of the configuration library} */
    static Map<String, String> properties() {
        Map<String, String> found = new HashMap<>();
        Properties properties = System.getProperties();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("wellhead.") || name.startsWith("config.")) {
                found.put(name, properties.getProperty(name));
            }
        }
        return found;
    }

    /**
     * {@return the main class without its package, or the jar file without its extension; {@code null} if not known}
     */
    static @Nullable String program() {
        return program(System.getProperty("sun.java.command", ""));
    }

    static @Nullable String program(String command) {
        int end = command.indexOf(' ');
        String main = end < 0 ? command : command.substring(0, end);
        if (main.endsWith(".jar")) {
            main = main.substring(Math.max(main.lastIndexOf('/'), main.lastIndexOf('\\')) + 1, main.length() - 4);
        } else {
            main = main.substring(Math.max(main.lastIndexOf('.'), main.lastIndexOf('/')) + 1);
        }
        return main.isBlank() ? null : main;
    }

    /** {@return the host name of this machine, read without a name server; {@code null} if not known} */
    static @Nullable String hostName() {
        // java.io, because the classes of a file channel are not loaded yet at a cold start
        try (InputStream file = new FileInputStream(HOST_NAME_FILE)) {
            String name = new String(file.readNBytes(HOST_NAME_BYTES), StandardCharsets.UTF_8).strip();
            return name.isEmpty() ? null : name;
        } catch (IOException e) {
            return null;
        }
    }
}
