package dev.wellhead.benchmarks.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.stream.Stream;

/** Runs faults and starts the processes of the contestants. */
final class Arena {

    private static final String PROGRAM = "dev.wellhead.benchmarks.contestants.ContestantProgram";

    private final String java;
    private final Path benchmarks;
    private final Path directory;

    /**
     * @param java the command that starts a JVM
     * @param benchmarks the directory of this module, in which the contestants are packaged
     * @param directory where the files of the run are kept
     */
    Arena(String java, Path benchmarks, Path directory) throws IOException {
        this.java = java;
        this.benchmarks = benchmarks;
        this.directory = Files.createDirectories(directory);
    }

    /**
     * Injects the faults at the same time.
     *
     * @return for each fault, in this order, what each contestant did, or the exception that prevented its injection
     */
    List<Future<Map<Contestant, Timeline>>> run(List<Fault> faults) throws InterruptedException {
        Phaser startingLine = new Phaser(faults.size());
        ExecutorService threads = Executors.newFixedThreadPool(faults.size());
        try {
            List<Callable<Map<Contestant, Timeline>>> injections = new ArrayList<>();
            faults.forEach(fault -> injections.add(inject(fault, startingLine)));
            return threads.invokeAll(injections);
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Map<Contestant, Timeline>> inject(Fault fault, Phaser startingLine) {
        return () -> {
            clear(directory.resolve(fault.name()));
            try (Bout bout = new Bout(this, fault, startingLine)) {
                fault.script().perform(bout);
                return bout.timelines();
            }
        };
    }

    ContestantProcess start(Contestant contestant, Fault fault, LoadSetup setup) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(java, "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(setup.jvmOptions());
        command.addAll(List.of("-classpath", classPath(contestant), PROGRAM, contestant.id()));
        Path home = directory(fault);
        Map<String, String> environment = new LinkedHashMap<>(setup.environment());
        environment.put("HOME", home.toString());
        return ContestantProcess.start(command, environment, setup.threads(), home.resolve(contestant.id() + ".log"));
    }

    Path directory(Fault fault) throws IOException {
        return Files.createDirectories(directory.resolve(fault.name()));
    }

    private String classPath(Contestant contestant) throws IOException {
        Path contestants = benchmarks.resolve("contestants").resolve("target");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(contestants, "wellhead-benchmarks-*.jar")) {
            for (Path jar : jars) {
                return jar.toAbsolutePath() + File.pathSeparator + libraries(contestant, contestants);
            }
        }
        throw new IOException(contestants + " contains no program. Package it first, with -Pbenchmarks.");
    }

    private String libraries(Contestant contestant, Path contestants) throws IOException {
        return switch (contestant) {
            case HIKARICP, AGROAL -> read(contestants.resolve(contestant.id() + ".class-path.txt"));
            case DRIVER_IN_HIKARICP -> ofSecrets("wellhead");
            case DRIVER_IN_AGROAL ->
                ofSecrets("wellhead") + File.pathSeparator + read(contestants.resolve("agroal.class-path.txt"));
            default -> ofSecrets(contestant.id());
        };
    }

    private String ofSecrets(String library) throws IOException {
        return read(
                benchmarks.resolve("secrets").resolve(library).resolve("target").resolve("class-path.txt"));
    }

    private static String read(Path classPath) throws IOException {
        return Files.readString(classPath).strip();
    }

    private static void clear(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
