package dev.wellhead.compatibility;

import java.io.File;
import java.util.Arrays;
import java.util.List;

/** The class path of this module: the modules of this build, and the oldest supported versions of their libraries. */
final class ClassPath {

    static final List<String> OLDEST = List.of(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator));

    private ClassPath() {}

    /** {@return the class path without the entries that contain one of {@code parts}} */
    static List<String> without(String... parts) {
        return OLDEST.stream()
                .filter(entry -> Arrays.stream(parts).noneMatch(entry.replace('\\', '/')::contains))
                .toList();
    }
}
