package dev.wellhead.examples.ledger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a main class in a child process and waits for it, like a build tool that does not forward signals. */
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
