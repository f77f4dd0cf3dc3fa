package dev.wellhead.testkit.reflection;

import dev.wellhead.testkit.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a program and records its lookups. */
public final class TracedProgram {

    /** Loads classes early. A native image does not contain its list, and nothing depends on what it does. */
    private static final String ONLY_IN_A_JVM = "dev.wellhead.internal.open.StartClasses#";

    private TracedProgram() {}

    /**
     * {@return the lookups of the program, after its end}
     *
     * @param directory a directory for temporary files, which is also on its class path
     * @param environment its whole environment
     * @param command the main class and its arguments
     * @throws AssertionError if the program fails
     */
    public static Set<Lookup> run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path agent = agent(directory);
        Path file = Files.createTempFile(directory, "lookups", ".txt");
        List<String> line = new ArrayList<>(List.of("-javaagent:" + agent + "=" + file));
        line.addAll(List.of(command));
        try (ChildJvm program = ChildJvm.start(directory, environment, line.toArray(String[]::new))) {
            int code = program.end();
            if (code != 0) {
                throw new AssertionError("The program ended with " + code + ":\n" + program.output());
            }
        }
        return Files.readAllLines(file).stream()
                .map(Lookup::parse)
                .filter(lookup -> !lookup.caller().startsWith(ONLY_IN_A_JVM))
                .collect(Collectors.toSet());
    }

    /** {@return the methods of the classes below a directory that look something up: {@code dev.wellhead.Databases#open}} */
    public static Set<String> callSites(Path classes) throws IOException {
        Set<String> sites = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                sites.addAll(CallSites.in(Files.readAllBytes(file)));
            }
        }
        return sites;
    }

    /** {@return a jar file without content: the classes of the agent are on the class path of the program} */
    private static Path agent(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", LookupAgent.class.getName());
        Path jar = directory.resolve("agent.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }
}
