package dev.wellhead.internal.providers;

import dev.wellhead.internal.text.SafeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;

/**
 * Finds the entries of service files that the class loader cannot turn into providers, because the errors of
 * {@link java.util.ServiceLoader} do not name the jar. Used only after such an error.
 */
final class ServiceEntries<T> {

    private final Class<T> service;
    private final ClassLoader loader;
    private final String file;
    private final List<BrokenProvider> broken = new ArrayList<>(1);
    private final Set<String> names = new HashSet<>();
    private final Set<String> created = new HashSet<>();

    ServiceEntries(Class<T> service, ClassLoader loader) {
        this.service = service;
        this.loader = loader;
        this.file = "META-INF/services/" + service.getName();
    }

    /**
     * {@return the providers that cannot be created; at least one}
     *
     * @param found the providers that were created
     * @param errors what was thrown, in the order of the entries; at least one
     */
    List<BrokenProvider> broken(List<T> found, List<Throwable> errors) {
        for (T provider : found) {
            created.add(provider.getClass().getName());
        }
        try {
            for (URL url : Collections.list(loader.getResources(file))) {
                inspect(url, errors);
            }
        } catch (IOException e) {
            // the class path itself cannot be read, which the general message below has as its cause
        }
        if (broken.isEmpty()) {
            Throwable first = errors.get(0);
            broken.add(new BrokenProvider(
                    service.getName(),
                    "A provider of " + service.getSimpleName() + " cannot be created, because of " + reason(first)
                            + ".",
                    "See the cause, and update or remove the module that has the provider.",
                    first));
        }
        return broken;
    }

    private void inspect(URL url, List<Throwable> errors) {
        try {
            for (String line : lines(url)) {
                String name = line.strip();
                if (!isClassName(name)) {
                    add(url, "a line that is not the name of a class", "Correct or remove the line", errors);
                    // the JDK reads no provider from such a file
                    return;
                }
                if (names.add(name)) {
                    inspect(url, name, errors);
                }
            }
        } catch (IOException e) {
            add(url, "a list of providers that cannot be read", "Replace the file", errors);
        }
    }

    /** {@return the lines without comments and empty lines} */
    private static List<String> lines(URL url) throws IOException {
        List<String> lines = new ArrayList<>();
        URLConnection connection = url.openConnection();
        // a cached jar would stay open, and may be replaced
        connection.setUseCaches(false);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int comment = line.indexOf('#');
                String content = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!content.isEmpty()) {
                    lines.add(content);
                }
            }
        }
        return lines;
    }

    private static boolean isClassName(String text) {
        if (!Character.isJavaIdentifierStart(text.codePointAt(0))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isJavaIdentifierPart(text.charAt(i)) && text.charAt(i) != '.') {
                return false;
            }
        }
        return true;
    }

    private void inspect(URL url, String name, List<Throwable> errors) {
        String entry = SafeText.of(name);
        try {
            Class<?> type = Class.forName(name, false, loader);
            String flaw = flaw(type);
            if (!flaw.isEmpty()) {
                add(url, entry + ", " + flaw, "Correct or remove the entry", errors);
            } else if (!created.contains(name)) {
                Throwable thrown = errors.get(Math.min(broken.size(), errors.size() - 1));
                add(
                        url,
                        entry + ", which cannot be created, because of " + reason(thrown),
                        "See the cause, or remove the entry",
                        errors);
            }
        } catch (ClassNotFoundException e) {
            add(
                    url,
                    entry + ", which is not on the class path",
                    "Add the jar that has the class, or remove the entry",
                    errors);
        } catch (UnsupportedClassVersionError e) {
            add(
                    url,
                    entry + ", which was compiled for a later version of Java than "
                            + Runtime.version().feature(),
                    "Use a version of the jar for this Java, or remove the entry",
                    errors);
        } catch (LinkageError e) {
            add(
                    url,
                    entry + ", which cannot be loaded, because of " + reason(e),
                    "Add the jars that it needs, or remove the entry",
                    errors);
        }
    }

    /** {@return what prevents the creation of a provider, as a relative clause; empty if nothing does} */
    private String flaw(Class<?> type) {
        if (!service.isAssignableFrom(type)) {
            return "which does not implement it";
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return "which is abstract";
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            return "which is not public";
        }
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 0) {
                return "";
            }
        }
        return "which has no public constructor without parameters";
    }

    private void add(URL url, String what, String fix, List<Throwable> errors) {
        Throwable cause = errors.get(Math.min(broken.size(), errors.size() - 1));
        broken.add(new BrokenProvider(
                service.getName(),
                place(url) + " lists as a provider of " + service.getSimpleName() + " " + what + ".",
                fix + ": " + file + ".",
                cause));
    }

    /** {@return the class of what a constructor or the JVM threw, and what the JVM did not find} */
    private static String reason(Throwable thrown) {
        Throwable inner = thrown;
        while (inner.getCause() != null && inner instanceof ServiceConfigurationError) {
            inner = inner.getCause();
        }
        String name = inner.getClass().getName();
        return inner instanceof LinkageError && inner.getMessage() != null
                ? name + " (" + SafeText.of(inner.getMessage()) + ")"
                : name;
    }

    /** {@return the jar or the directory that has the service file} */
    private String place(URL url) {
        String text = url.toString();
        int end = text.length() - file.length();
        String place = text.endsWith(file) ? text.substring(0, end) : text;
        place = place.startsWith("jar:") ? place.substring("jar:".length()) : place;
        place = place.endsWith("!/") ? place.substring(0, place.length() - 2) : place;
        try {
            return Path.of(new URI(place)).toString();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            // a jar inside a jar, for example
            return SafeText.of(place);
        }
    }
}
