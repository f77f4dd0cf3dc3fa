package dev.wellhead.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The only class that reads this process: its environment, its system properties, the name of its program and host. */
final class ProcessEnvironment {

    private static final Path HOST_NAME_FILE = Path.of("/etc/hostname");

    private ProcessEnvironment() {}

    /** {@return the environment variables; HOME is the JVM's {@code user.home} where it is not set} */
    static Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        String home = variables.get("HOME");
        if ((home == null || home.isBlank()) && !variables.containsKey("APPDATA")) {
            variables.put("HOME", System.getProperty("user.home", ""));
        }
        return variables;
    }

    /** {@return the system properties that are ours or say where {@code application.conf} is} */
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

    /** {@return the main class without its package, or the jar without its ending; {@code null} where not known} */
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

    /** {@return the name of this machine as the system was given it, without asking a name server} */
    static @Nullable String hostName() {
        try {
            String name = Files.isReadable(HOST_NAME_FILE)
                    ? Files.readString(HOST_NAME_FILE).strip()
                    : "";
            return name.isEmpty() ? null : name;
        } catch (IOException e) {
            return null;
        }
    }
}
