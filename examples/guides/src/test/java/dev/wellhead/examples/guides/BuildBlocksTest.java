package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Repository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Checks the blocks for Maven and Gradle: they are well-formed, and the artifacts of Wellhead exist in their version. */
class BuildBlocksTest {

    private static final Pattern COORDINATES = Pattern.compile("dev\\.wellhead:(wellhead-[a-z-]+)(?::([^\"'`\\s:]+))?");

    static Stream<Snippet> xmlBlocks() throws IOException {
        return Snippet.of(Repository.pages()).stream()
                .filter(block -> block.language().equals("xml"));
    }

    static Stream<Snippet> gradleBlocks() throws IOException {
        return Snippet.of(Repository.pages()).stream()
                .filter(block -> block.file().startsWith("build.gradle"));
    }

    static Stream<String> pages() throws IOException {
        return Repository.pages().stream();
    }

    @ParameterizedTest
    @MethodSource("xmlBlocks")
    void mavenBlock_dependenciesOfWellhead_areThoseOfTheBom(Snippet snippet) throws Exception {
        Document document = parse("<blocks>" + snippet.code().replaceFirst("^<\\?xml[^>]*\\?>", "") + "</blocks>");
        NodeList dependencies = document.getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            if (text(dependency, "groupId").equals("dev.wellhead")) {
                assertArtifact(snippet.toString(), text(dependency, "artifactId"), text(dependency, "version"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("gradleBlocks")
    void gradleBlock_ofEveryDialect_declaresWellheadAndClosesItsBlocks(Snippet snippet) {
        assertThat(snippet.code()).containsPattern(COORDINATES);
        assertThat(count(snippet.code(), '{')).isEqualTo(count(snippet.code(), '}'));
        assertThat(count(snippet.code(), '(')).isEqualTo(count(snippet.code(), ')'));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void coordinates_thatAPageNames_areThoseOfTheBom(String page) throws Exception {
        Matcher coordinates = COORDINATES.matcher(Repository.read(page));
        while (coordinates.find()) {
            String version = coordinates.group(2);
            assertArtifact(page, coordinates.group(1), version == null ? "" : version);
        }
    }

    private static void assertArtifact(String where, String artifact, String version) throws Exception {
        Document bom = parse(Repository.read("bom/pom.xml"));
        assertThat(managed(bom)).as("%s names %s", where, artifact).contains(artifact);
        if (!version.isEmpty()) {
            assertThat(version)
                    .as("%s names %s", where, artifact)
                    .isEqualTo(text(bom.getDocumentElement(), "version"));
        }
    }

    private static Set<String> managed(Document bom) {
        Set<String> artifacts = new TreeSet<>(Set.of("wellhead-bom"));
        NodeList names = ((Element) bom.getElementsByTagName("dependencyManagement").item(0))
                .getElementsByTagName("artifactId");
        for (int i = 0; i < names.getLength(); i++) {
            artifacts.add(names.item(i).getTextContent());
        }
        return artifacts;
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Element parent, String name) {
        NodeList children = parent.getElementsByTagName(name);
        return children.getLength() == 0 ? "" : children.item(0).getTextContent();
    }

    private static long count(String text, char character) {
        return text.chars().filter(found -> found == character).count();
    }
}
