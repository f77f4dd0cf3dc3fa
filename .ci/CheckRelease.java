import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Checks a repository directory against the requirements of Maven Central and of this project. The directory becomes the bundle that is uploaded, so
 * a file that does not belong to the release is a fault, too. Prints every fault. Exit code 1 if there is one.
 *
 * <p>Run as: {@code java .ci/CheckRelease.java DIRECTORY VERSION}
 */
final class CheckRelease {

    private static final String BOM = "wellhead-bom";
    private static final List<String> FILES_OF_A_BOM = List.of(".pom", "-cyclonedx.json");
    private static final List<String> FILES_OF_A_JAR =
            List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");
    private static final List<String> SUMS = List.of("", ".md5", ".sha1", ".sha256", ".sha512");
    private static final Set<String> NOT_PUBLISHED = Set.of("wellhead-parent", "wellhead-testkit");
    private static final List<String> REQUIRED_ELEMENTS = List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url",
            "scm/tag",
            "issueManagement/url");

    private final Path repository;
    private final Path directory;
    private final String version;
    private final List<String> faults = new ArrayList<>();
    private int files;

    private CheckRelease(Path repository, String version) {
        this.repository = repository;
        this.directory = repository.resolve("dev/wellhead");
        this.version = version;
    }

    public static void main(String[] arguments) throws Exception {
        CheckRelease check = new CheckRelease(Path.of(arguments[0]), arguments[1]);
        Set<String> artifacts = check.artifacts();
        for (String artifact : artifacts) {
            check.check(artifact);
        }
        check.compareWithBom(artifacts);
        check.refuseOtherFiles(artifacts);
        check.faults.forEach(System.err::println);
        if (!check.faults.isEmpty()) {
            System.exit(1);
        }
        System.out.printf("%d artifacts with %d signed files are complete.%n", artifacts.size(), check.files);
    }

    private Set<String> artifacts() throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<String> suffixes(String artifact) {
        return artifact.equals(BOM) ? FILES_OF_A_BOM : FILES_OF_A_JAR;
    }

    private void check(String artifact) throws Exception {
        expect(
                !NOT_PUBLISHED.contains(artifact) && !artifact.contains("example") && !artifact.contains("benchmark"),
                artifact + " is not for publication");
        for (String suffix : suffixes(artifact)) {
            Path file = file(artifact, suffix);
            if (!Files.exists(file)) {
                faults.add(artifact + " has no " + file.getFileName());
                continue;
            }
            signed(file);
            if (suffix.equals(".pom")) {
                checkPom(artifact, file);
            } else if (suffix.endsWith(".jar")) {
                checkJar(file, suffix.equals(".jar"));
            }
        }
    }

    private Path file(String artifact, String suffix) {
        return directory.resolve(artifact).resolve(version).resolve(artifact + "-" + version + suffix);
    }

    /** Only files that were checked, their signatures and the checksums of both may be uploaded. */
    private void refuseOtherFiles(Set<String> artifacts) throws IOException {
        Set<Path> expected = new HashSet<>();
        for (String artifact : artifacts) {
            for (String suffix : suffixes(artifact)) {
                for (String sum : SUMS) {
                    expected.add(file(artifact, suffix + sum));
                    expected.add(file(artifact, suffix + ".asc" + sum));
                }
            }
        }
        try (Stream<Path> found = Files.walk(repository)) {
            found.filter(path -> !Files.isDirectory(path) && !expected.contains(path))
                    .sorted()
                    .forEach(path -> faults.add(repository.relativize(path) + " is not a file of the release"));
        }
    }

    private void checkPom(String artifact, Path pom) throws Exception {
        String text = Files.readString(pom);
        expect(!text.contains("${"), artifact + ": the POM has a property that is not replaced: " + property(text));
        expect(!text.contains("-SNAPSHOT"), artifact + ": the POM names a snapshot");
        expect(!text.contains(".invalid"), artifact + ": the POM has the placeholder of an address");
        expect(!text.contains("<parent>"), artifact + ": the POM has a parent, which is not published");
        expect(!text.contains("<repositor"), artifact + ": the POM names a repository");
        Document document = parse(pom);
        for (String element : REQUIRED_ELEMENTS) {
            expect(!value(document, "/project/" + element).isBlank(), artifact + ": the POM has no " + element);
        }
        expect(
                value(document, "/project/scm/tag").equals("v" + version),
                artifact + ": the tag in the POM is " + value(document, "/project/scm/tag"));
        NodeList dependencies = (NodeList) xpath().evaluate(
                "//dependency[not(version)]/artifactId", document, XPathConstants.NODESET);
        for (int i = 0; i < dependencies.getLength(); i++) {
            faults.add(artifact + ": no version of the dependency "
                    + dependencies.item(i).getTextContent());
        }
    }

    private static String property(String text) {
        int start = text.indexOf("${");
        return start < 0 ? "" : text.substring(start, text.indexOf('}', start) + 1);
    }

    /** A file has a signature, and both have the checksums that Maven Central requires. */
    private void signed(Path file) throws IOException, NoSuchAlgorithmException {
        files++;
        Path signature = file.resolveSibling(file.getFileName() + ".asc");
        if (!Files.exists(signature)) {
            faults.add(file.getFileName() + " is not signed");
            return;
        }
        expect(
                Files.readString(signature).startsWith("-----BEGIN PGP SIGNATURE-----"),
                signature.getFileName() + " is no signature");
        for (String algorithm : List.of("MD5", "SHA-1")) {
            Path sum = file.resolveSibling(file.getFileName() + "." + algorithm.toLowerCase().replace("-", ""));
            expect(
                    Files.exists(sum) && Files.readString(sum).strip().equals(digest(algorithm, file)),
                    file.getFileName() + ": no correct checksum " + algorithm);
        }
    }

    private static String digest(String algorithm, Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
    }

    private void checkJar(Path file, boolean main) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (String required : List.of("META-INF/LICENSE", "META-INF/NOTICE")) {
                expect(jar.getEntry(required) != null, file.getFileName() + " does not contain " + required);
            }
            expect(jar.size() > 5, file.getFileName() + " is empty");
            Attributes manifest = jar.getManifest() == null
                    ? new Attributes()
                    : jar.getManifest().getMainAttributes();
            expect(
                    version.equals(manifest.getValue("Implementation-Version")),
                    file.getFileName() + ": Implementation-Version is " + manifest.getValue("Implementation-Version"));
            if (main) {
                expect(
                        jar.getEntry("module-info.class") != null || manifest.getValue("Automatic-Module-Name") != null,
                        file.getFileName() + " has neither a module descriptor nor an Automatic-Module-Name");
                checkClassVersion(jar, file);
            }
        }
    }

    /** Classes that were compiled with another setting would fail on the oldest supported Java. */
    private void checkClassVersion(JarFile jar, Path file) throws IOException {
        List<String> classes = jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith("dev/wellhead/") && name.endsWith(".class"))
                .toList();
        expect(!classes.isEmpty(), file.getFileName() + " has no classes of this project");
        for (String name : classes) {
            try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
                byte[] start = in.readNBytes(8);
                expect(start[7] == 61, file.getFileName() + ": " + name + " is not compiled for Java 17");
            }
        }
    }

    /** The BOM manages exactly the published artifacts. */
    private void compareWithBom(Set<String> artifacts) throws Exception {
        Path bom = file(BOM, ".pom");
        if (!Files.exists(bom)) {
            return;
        }
        NodeList managed = (NodeList) xpath().evaluate(
                "/project/dependencyManagement/dependencies/dependency/artifactId", parse(bom), XPathConstants.NODESET);
        Set<String> names = new TreeSet<>(Set.of(BOM));
        for (int i = 0; i < managed.getLength(); i++) {
            names.add(managed.item(i).getTextContent());
        }
        expect(names.equals(artifacts), "The BOM manages " + names + ", and " + artifacts + " are published");
    }

    private static Document parse(Path file) throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static String value(Document document, String path) throws XPathExpressionException {
        return xpath().evaluate(path, document);
    }

    private static XPath xpath() {
        return XPathFactory.newInstance().newXPath();
    }

    private void expect(boolean condition, String fault) {
        if (!condition) {
            faults.add(fault);
        }
    }
}
