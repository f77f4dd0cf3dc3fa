package dev.wellhead.internal.sources;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The only class that reads this process: its environment, its system properties, the name of its program and host. */
public final class ProcessEnvironment {

    private static final String HOST_NAME_FILE = "/etc/hostname";

    /** More than a host name may have (hostname(7): 253). */
    private static final int HOST_NAME_BYTES = 256;

    private ProcessEnvironment() {}

    /** {@return the environment variables; HOME is the JVM's {@code user.home} where it is not set} */
    public static Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        String home = variables.get("HOME");
        if ((home == null || home.isBlank()) && !variables.containsKey("APPDATA")) {
            variables.put("HOME", System.getProperty("user.home", ""));
        }
        return variables;
    }

    /** {@return the system properties that are ours or say where {@code application.conf} is} */
    public static Map<String, String> properties() {
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
    public static @Nullable String program() {
        return program(System.getProperty("sun.java.command", ""));
    }

    public static @Nullable String program(String command) {
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
    public static @Nullable String hostName() {
        // java.io: its classes are loaded already, those of a file channel would be read for these few bytes alone
        try (InputStream file = new FileInputStream(HOST_NAME_FILE)) {
            String name = new String(file.readNBytes(HOST_NAME_BYTES), StandardCharsets.UTF_8).strip();
            return name.isEmpty() ? null : name;
        } catch (IOException e) {
            return null;
        }
    }
}
