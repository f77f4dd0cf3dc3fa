package dev.wellhead.internal.libraries;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A library of which only some versions are supported.
 *
 * @param name its name in messages
 * @param group the Maven group, such as {@code com.zaxxer}
 * @param artifact the Maven artifact
 * @param type the name of one of its classes
 * @param oldest the oldest supported version, such as {@code 6.0}
 * @param springProperty the property with which Spring Boot sets its version; empty if there is none
 */
public record SupportedLibrary(
        String name, String group, String artifact, String type, String oldest, String springProperty) {

    /**
     * {@return what is wrong with the library; null if nothing is, or if its version cannot be found}
     *
     * @param module the module of this project that needs the library, as in {@code Wellhead needs}
     * @param loader the class loader of that module
     */
    @Nullable
    Problem problem(String module, ClassLoader loader) {
        Class<?> found = find(loader);
        if (found == null) {
            return problem(
                    name + " is not on the class path, and " + module + " needs " + oldest + " or later.",
                    "Add " + group + ":" + artifact + ".");
        }
        String version = version(found);
        if (version.isEmpty() || !isOlder(version, oldest)) {
            return null;
        }
        return problem(
                name + " " + SafeText.of(version) + " is on the class path, and " + module + " needs " + oldest
                        + " or later.",
                "Raise the version of " + group + ":" + artifact + " in your build"
                        + (springProperty.isEmpty() ? "." : " (Spring Boot: " + springProperty + ")."));
    }

    private Problem problem(String message, String fix) {
        return Problem.of(ProblemCode.LIBRARY, group + ":" + artifact, message, List.of(), List.of(fix));
    }

    private @Nullable Class<?> find(ClassLoader loader) {
        try {
            return Class.forName(type, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** {@return the version from the jar's manifest or Maven metadata; empty if it has neither} */
    private String version(Class<?> found) {
        Package home = found.getPackage();
        String version = home == null ? null : home.getImplementationVersion();
        if (version != null) {
            return version;
        }
        String file = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = found.getResourceAsStream(file)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "");
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }

    /** {@return whether a version is older} Only the numbers are compared: a suffix such as {@code -rc1} is ignored. */
    static boolean isOlder(String version, String than) {
        String[] parts = version.split("[.-]", -1);
        String[] limits = than.split("[.-]", -1);
        for (int i = 0; i < limits.length; i++) {
            int part = i < parts.length ? number(parts[i]) : 0;
            int limit = number(limits[i]);
            if (part != limit) {
                return part < limit;
            }
        }
        return false;
    }

    private static int number(String part) {
        int value = 0;
        for (int i = 0; i < part.length() && Character.isDigit(part.charAt(i)) && value < 100_000; i++) {
            value = 10 * value + Character.digit(part.charAt(i), 10);
        }
        return value;
    }
}
