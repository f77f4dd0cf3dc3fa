package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** A module that is published has everything that Maven Central and the users of the BOM need. */
class PublishedModulesTest {

    private static final String BOM = "bom";

    /** {@return the directories of all modules, except the parent} */
    private static List<String> modules() throws IOException {
        return PomFiles.all(PomFiles.parse(Repository.read("pom.xml")), "module").stream()
                .map(Element::getTextContent)
                .distinct()
                .toList();
    }

    static List<String> published() throws IOException {
        return modules().stream().filter(PublishedModulesTest::isPublished).toList();
    }

    static Stream<String> publishedJars() throws IOException {
        return published().stream().filter(module -> !module.equals(BOM));
    }

    private static boolean isPublished(String module) {
        return !text(module).contains("<maven.deploy.skip>true</maven.deploy.skip>");
    }

    @Test
    void modules_forTestsAndExamples_areNotPublished() throws IOException {
        assertThat(published())
                .contains(BOM, "core", "aws", "otel", "cli")
                .noneMatch(module -> module.startsWith("examples")
                        || module.startsWith("benchmarks")
                        || module.contains("test")
                        || module.contains("local-services")
                        || module.equals("compatibility"));
    }

    @ParameterizedTest
    @MethodSource("published")
    void pom_ofAPublishedModule_hasANameAndADescription(String module) throws IOException {
        Element pom = PomFiles.parse(Repository.read(module + "/pom.xml"));

        assertThat(PomFiles.text(pom, "name")).startsWith("Wellhead ");
        assertThat(PomFiles.text(pom, "description")).endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("publishedJars")
    void pom_ofAPublishedJar_attachesSourcesAndJavadoc(String module) throws IOException {
        assertThat(Repository.read(module + "/pom.xml"))
                .contains("<artifactId>maven-source-plugin</artifactId>")
                .contains("<artifactId>maven-javadoc-plugin</artifactId>");
    }

    @ParameterizedTest
    @MethodSource("publishedJars")
    void publishedJar_isAModule_andJapicmpComparesItIfItExportsPackages(String module) throws IOException {
        Path descriptor = Repository.root().resolve(module).resolve("src/main/java/module-info.java");
        String pom = Repository.read(module + "/pom.xml");

        if (!Files.exists(descriptor)) {
            assertThat(pom).contains("<Automatic-Module-Name>dev.wellhead.");
        } else if (Files.readString(descriptor).matches("(?s).*\\R    exports [a-z.]+;.*")) {
            assertThat(pom).contains("<artifactId>japicmp-maven-plugin</artifactId>");
        }
    }

    @Test
    void bom_dependencies_areThePublishedJars() throws IOException {
        List<String> managed = PomFiles.all(PomFiles.parse(Repository.read("bom/pom.xml")), "dependency").stream()
                .map(dependency -> PomFiles.text(dependency, "artifactId"))
                .toList();

        assertThat(managed)
                .containsExactlyInAnyOrderElementsOf(
                        publishedJars().map(PublishedModulesTest::artifactId).toList());
    }

    @Test
    void installCommand_ofTheReadme_buildsEveryPublishedModule() throws IOException {
        String command = Repository.read("README.md")
                .lines()
                .filter(line -> line.startsWith("mvn ") && line.contains(" install "))
                .findFirst()
                .orElseThrow();
        List<String> built =
                List.of(command.replaceFirst(".* -pl ([^ ]+).*", "$1").split(","));

        // -am adds the modules that others need
        assertThat(published()).containsAll(built);
        assertThat(built).contains(BOM, "aws", "otel", "cli", "infrastructure/embedded");
        assertThat(published().stream()
                        .filter(module -> !built.contains(module))
                        .map(PublishedModulesTest::artifactId))
                .allSatisfy(artifact -> assertThat(built)
                        .anyMatch(module -> text(module).contains("<artifactId>" + artifact + "</artifactId>")));
    }

    private static String text(String module) {
        try {
            return Repository.read(module + "/pom.xml");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The first artifactId is that of the parent. */
    private static String artifactId(String module) {
        try {
            return PomFiles.all(PomFiles.parse(text(module)), "artifactId")
                    .get(1)
                    .getTextContent();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
