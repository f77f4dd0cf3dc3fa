package dev.wellhead.examples.ledger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a main class in a process of its own and waits for it, as a build tool does that knows nothing of signals. */
final class Launcher {

    private Launcher() {}

    public static void main(String[] command) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path")));
        line.addAll(List.of(command));
        System.exit(new ProcessBuilder(line).inheritIO().start().waitFor());
    }
}
