package dev.wellhead.testkit.reflection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the metadata of a module with its code.
 *
 * @param artifact the artifact, such as {@code wellhead-core}
 * @param directory the directory of the module
 */
public record ModuleMetadata(String artifact, Path directory) {

    /** The module that is tested, in whose directory its tests run. */
    public ModuleMetadata(String artifact) {
        this(artifact, Path.of(""));
    }

    /**
     * {@return what is wrong with the files, one sentence for each fault}
     *
     * @param optional classes that the class path of the test does not contain, and resources that belong to a user
     */
    public Set<String> faults(Set<String> optional) throws IOException {
        ReachabilityMetadata metadata = ReachabilityMetadata.in(sources(), artifact);
        Set<String> faults = new TreeSet<>();
        Set<String> types = new TreeSet<>(metadata.types());
        metadata.proxies().forEach(proxy -> types.addAll(List.of(proxy.split(","))));
        for (String type : types) {
            if (!optional.contains(type) && !exists(type)) {
                faults.add("The class " + type + " does not exist.");
            }
        }
        List<String> resources = resources();
        for (String glob : metadata.globs()) {
            if (!optional.contains(glob)
                    && resources.stream().noneMatch(name -> name.matches(ReachabilityMetadata.regex(glob)))) {
                faults.add("No resource of the module matches " + glob + ".");
            }
        }
        for (String name : resources) {
            if (!name.startsWith("META-INF/native-image/") && !metadata.containsResource(name)) {
                faults.add("The resource " + name + " has no entry.");
            }
            if (name.startsWith("META-INF/services/")) {
                for (String provider : Files.readAllLines(classes().resolve(name))) {
                    if (!metadata.types().contains(provider)) {
                        faults.add("The provider " + provider + " has no entry.");
                    }
                }
            }
        }
        faults.addAll(faultsOfOlderFiles());
        return faults;
    }

    /** Compares the files for older versions of GraalVM, or writes them with {@code -DwriteDocs}. */
    private Set<String> faultsOfOlderFiles() throws IOException {
        Path files = ReachabilityMetadata.directory(sources(), artifact);
        Map<String, String> expected = OlderMetadata.of(Files.readString(files.resolve("reachability-metadata.json")));
        Set<String> faults = new TreeSet<>();
        for (Map.Entry<String, String> file : expected.entrySet()) {
            Path path = files.resolve(file.getKey());
            if (System.getProperty("writeDocs") != null) {
                Files.writeString(path, file.getValue());
            } else if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
                faults.add(path + " differs from reachability-metadata.json. Run the test with -DwriteDocs.");
            }
        }
        try (Stream<Path> present = Files.list(files)) {
            present.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("reachability-metadata.json") && !expected.containsKey(name))
                    .forEach(name -> faults.add(name + " has no counterpart in reachability-metadata.json."));
        }
        return faults;
    }

    /**
     * {@return the methods of the module that look something up and that the program did not run}
     *
     * @param lookups the lookups of the program
     */
    public Set<String> callSitesNotIn(Set<Lookup> lookups) throws IOException {
        Set<String> sites = new TreeSet<>(TracedProgram.callSites(classes()));
        sites.removeAll(lookups.stream().map(Lookup::caller).collect(Collectors.toSet()));
        return sites;
    }

    private Path sources() {
        return directory.resolve("src/main/resources");
    }

    private Path classes() {
        return directory.resolve("target/classes");
    }

    private List<String> resources() throws IOException {
        try (Stream<Path> files = Files.walk(classes())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> classes().relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.endsWith(".class") && !name.matches("META-INF/(LICENSE|NOTICE|MANIFEST.MF)"))
                    // only a JVM reads it
                    .filter(name -> !name.endsWith("/start-classes.txt"))
                    .toList();
        }
    }

    private static boolean exists(String type) {
        try {
            Class.forName(type, false, ModuleMetadata.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
