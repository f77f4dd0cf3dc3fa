package dev.wellhead.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to start a program.
 *
 * @param name the name in the table
 * @param training the flag that creates the archive in a run before the measured ones; null without an archive
 * @param use the flag that uses the archive
 */
record StartUp(Jvm jvm, String name, @Nullable String training, @Nullable String use) {

    static StartUp plain(Jvm jvm) {
        return new StartUp(jvm, "default", null, null);
    }

    /** A class-data-sharing archive that contains the classes of the application and of the JDK. */
    static StartUp appCds(Jvm jvm) {
        return new StartUp(jvm, "AppCDS", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=");
    }

    /** A cache of loaded and linked classes that one training run creates (JEP 514). */
    static StartUp aotCache(Jvm jvm) {
        return new StartUp(jvm, "AOT cache", "-XX:AOTCacheOutput=", "-XX:AOTCache=");
    }

    List<String> command(Path archive, String classPath, String program) {
        return command(use, archive, classPath, program);
    }

    List<String> trainingCommand(Path archive, String classPath, String program) {
        return command(training, archive, classPath, program);
    }

    private List<String> command(@Nullable String flag, Path archive, String classPath, String program) {
        List<String> command = new ArrayList<>(List.of(jvm.java()));
        if (flag != null) {
            command.add(flag + archive);
        }
        command.addAll(List.of("-classpath", classPath, program));
        return command;
    }
}
