package dev.wellhead.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to start a program.
 *
 * @param name for the table
 * @param training the flag that makes the archive in a run before the measured ones; null where there is none
 * @param use the flag that uses it
 */
record StartUp(Jvm jvm, String name, @Nullable String training, @Nullable String use) {

    static StartUp plain(Jvm jvm) {
        return new StartUp(jvm, "default", null, null);
    }

    /** The application's classes beside the JDK's own in a class-data-sharing archive. */
    static StartUp appCds(Jvm jvm) {
        return new StartUp(jvm, "AppCDS", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=");
    }

    /** JEP 514: classes loaded and linked ahead of time, from one training run. */
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
