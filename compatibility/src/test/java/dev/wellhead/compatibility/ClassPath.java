package dev.wellhead.compatibility;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The class path of a service: the modules of this build, and the oldest supported versions of their libraries. */
final class ClassPath {

    private static final String DRIVER = "/org/postgresql/postgresql/";
    private static final String TESTS =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    /** All modules and libraries. */
    static final List<String> OLDEST = oldest();

    private ClassPath() {}

    private static List<String> oldest() {
        List<String> entries = new ArrayList<>(without(List.of(TESTS.split(File.pathSeparator)), DRIVER));
        entries.add(jar("postgresql"));
        return List.copyOf(entries);
    }

    /** {@return the class path without the entries that contain one of {@code parts}} */
    static List<String> without(String... parts) {
        return without(OLDEST, parts);
    }

    private static List<String> without(List<String> entries, String... parts) {
        return entries.stream()
                .filter(entry -> Arrays.stream(parts).noneMatch(entry.replace('\\', '/')::contains))
                .toList();
    }

    /** {@return a jar that the build has copied} */
    static String jar(String artifact) {
        return Path.of("target", "libraries", artifact + ".jar")
                .toAbsolutePath()
                .toString();
    }
}
