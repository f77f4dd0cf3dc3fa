package dev.wellhead.examples.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code .ci/CheckRelease.java} accepts a complete release of two artifacts, and reports everything that differs from it. */
class CheckReleaseTest {

    private static final String CORE = "dev/wellhead/wellhead-core/1.0.0/";
    private static final String BOM = "dev/wellhead/wellhead-bom/1.0.0/";
    private static final String POM =
            """
            <project>
              <groupId>dev.wellhead</groupId><artifactId>%s</artifactId><version>1.0.0</version>
              <name>n</name><description>d</description><url>u</url>
              <licenses><license><name>n</name><url>u</url></license></licenses>
              <developers><developer><name>n</name></developer></developers>
              <scm>
                <connection>c</connection><developerConnection>c</developerConnection><url>u</url><tag>v1.0.0</tag>
              </scm>
              <issueManagement><url>u</url></issueManagement>
              %s
            </project>
            """;
    private static final String MANIFEST =
            """
            Manifest-Version: 1.0
            Implementation-Version: 1.0.0
            Automatic-Module-Name: dev.wellhead.core
            """;
    private static final String COMPLETE = "2 artifacts with 7 signed files are complete.\n";

    @TempDir
    Path repository;

    @BeforeEach
    void release() throws Exception {
        pom(
                "wellhead-bom",
                """
                <dependencyManagement><dependencies><dependency>
                  <groupId>dev.wellhead</groupId><artifactId>wellhead-core</artifactId><version>1.0.0</version>
                </dependency></dependencies></dependencyManagement>""");
        pom("wellhead-core", "");
        for (String kind : List.of("", "-sources", "-javadoc")) {
            Path jar = Files.createDirectories(repository.resolve(CORE)).resolve("wellhead-core-1.0.0" + kind + ".jar");
            try (OutputStream file = Files.newOutputStream(jar);
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                entry(zip, "META-INF/MANIFEST.MF", MANIFEST.getBytes(UTF_8));
                // the eighth byte of a class file is the version: 61 is Java 17
                entry(zip, "dev/wellhead/Database.class", new byte[] {-54, -2, -70, -66, 0, 0, 0, 61});
                for (String name : List.of("META-INF/LICENSE", "META-INF/NOTICE", "one", "two", "three")) {
                    entry(zip, name, new byte[0]);
                }
            }
            sign(jar);
        }
        sign(Files.writeString(repository.resolve(CORE + "wellhead-core-1.0.0-cyclonedx.json"), "{}"));
        sign(Files.writeString(repository.resolve(BOM + "wellhead-bom-1.0.0-cyclonedx.json"), "{}"));
    }

    @Test
    void release_complete_isAccepted() throws Exception {
        // Maven Central does not need these checksums, and some versions of Maven write them
        Files.writeString(repository.resolve(CORE + "wellhead-core-1.0.0.jar.sha512"), "00");
        Files.writeString(repository.resolve(CORE + "wellhead-core-1.0.0.jar.asc.md5"), "00");

        assertThat(check()).isEqualTo("0\n" + COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes.txt",
                "com/example/other/1.0.0/other-1.0.0.jar",
                "dev/wellhead/wellhead-core/maven-metadata.xml",
                "dev/wellhead/wellhead-core/0.9.0/wellhead-core-0.9.0.jar",
                CORE + "wellhead-core-1.0.0-tests.jar",
                CORE + "wellhead-core-1.0.0.jar.bak",
                CORE + "original-wellhead-core-1.0.0.jar",
                CORE + ".wellhead-core-1.0.0.pom",
                BOM + "wellhead-bom-1.0.0.jar"
            })
    void release_withAnotherFile_isRefused(String file) throws Exception {
        Path other = repository.resolve(file);
        Files.createDirectories(other.getParent());
        Files.writeString(other, "other");

        assertThat(check()).isEqualTo("1\n" + file + " is not a file of the release\n");
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                arguments("-sources.jar", "wellhead-core has no wellhead-core-1.0.0-sources.jar"),
                arguments(".jar.asc", "wellhead-core-1.0.0.jar is not signed"),
                arguments(".jar.sha1", "wellhead-core-1.0.0.jar: no correct checksum SHA-1"));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void release_withoutAFile_isRefused(String suffix, String fault) throws Exception {
        Files.delete(repository.resolve(CORE + "wellhead-core-1.0.0" + suffix));

        assertThat(check().lines()).startsWith("1", fault);
    }

    @Test
    void release_withAFileThatWasChangedAfterItWasSigned_isRefused() throws Exception {
        Files.writeString(repository.resolve(CORE + "wellhead-core-1.0.0-cyclonedx.json"), "{ }");

        assertThat(check().lines())
                .containsExactly(
                        "1",
                        "wellhead-core-1.0.0-cyclonedx.json: no correct checksum MD5",
                        "wellhead-core-1.0.0-cyclonedx.json: no correct checksum SHA-1");
    }

    private void pom(String artifact, String content) throws Exception {
        Path file = repository.resolve("dev/wellhead/" + artifact + "/1.0.0/" + artifact + "-1.0.0.pom");
        Files.createDirectories(file.getParent());
        Files.writeString(file, POM.formatted(artifact, content));
        sign(file);
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static void sign(Path file) throws Exception {
        Files.writeString(Path.of(file + ".asc"), "-----BEGIN PGP SIGNATURE-----\n");
        for (String algorithm : List.of("MD5", "SHA-1")) {
            byte[] sum = MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file));
            Files.writeString(
                    Path.of(file + (algorithm.equals("MD5") ? ".md5" : ".sha1")),
                    HexFormat.of().formatHex(sum));
        }
    }

    /** {@return the exit code, and the output in the next lines} */
    private String check() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        Repository.root().resolve(".ci/CheckRelease.java").toString(),
                        repository.toString(),
                        "1.0.0")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor() + "\n" + output;
    }
}
