package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Checks the blocks for Maven and Gradle: they are well-formed, and their artifacts have the versions of this build. */
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
    void mavenBlock_dependencies_haveTheVersionsOfThisBuild(Snippet snippet) throws IOException {
        PomFiles build = new PomFiles("pom.xml", "examples/ledger/pom.xml", "examples/guides/pom.xml");
        Element blocks =
                PomFiles.parse("<blocks>" + snippet.code().replaceFirst("^<\\?xml[^>]*\\?>", "") + "</blocks>");
        for (Element dependency : PomFiles.all(blocks, "dependency")) {
            String artifact = PomFiles.text(dependency, "artifactId");
            String version = PomFiles.text(dependency, "version");
            if (PomFiles.text(dependency, "groupId").equals("dev.wellhead")) {
                assertArtifact(snippet.toString(), artifact, version);
            } else if (PomFiles.text(dependency, "groupId").equals("io.zonky.test.postgres")) {
                assertThat(Repository.read("core/pom.xml"))
                        .as("the versions of PostgreSQL that are tested")
                        .contains("<version>" + version + "</version>");
            } else if (!version.isEmpty()) {
                assertThat(version).as("%s: %s", snippet, artifact).isEqualTo(build.version(artifact));
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
    void coordinates_thatAPageNames_areThoseOfTheBom(String page) throws IOException {
        Matcher coordinates = COORDINATES.matcher(Repository.read(page));
        while (coordinates.find()) {
            String version = coordinates.group(2);
            assertArtifact(page, coordinates.group(1), version == null ? "" : version);
        }
    }

    private static void assertArtifact(String where, String artifact, String version) throws IOException {
        Element bom = PomFiles.parse(Repository.read("bom/pom.xml"));
        List<String> artifacts = PomFiles.all(bom, "artifactId").stream()
                .map(Element::getTextContent)
                .toList();
        assertThat(artifacts).as("%s names %s", where, artifact).contains(artifact);
        if (!version.isEmpty()) {
            assertThat(version).as("%s names %s", where, artifact).isEqualTo(PomFiles.text(bom, "version"));
        }
    }

    private static long count(String text, char character) {
        return text.chars().filter(found -> found == character).count();
    }
}
