package dev.wellhead.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code cli/bin/wellhead} in a checkout with programs in place of Java and Maven, which print their arguments. */
class CheckoutScriptTest {

    private static final String POM =
            """
            <project>
              <parent>
                <artifactId>wellhead-parent</artifactId>
                <version>1.10.0-SNAPSHOT</version>
              </parent>
              <artifactId>wellhead-cli</artifactId>
              <dependencies>
                <dependency><version>9.9.9</version></dependency>
              </dependencies>
            </project>
            """;
    private static final String JAR = "wellhead-cli-1.10.0-SNAPSHOT.jar";

    @TempDir
    Path root;

    private Path target;

    @BeforeEach
    void checkout() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "this system has no /bin/sh");
        target = Files.createDirectories(root.resolve("cli/target"));
        Files.createDirectories(root.resolve("cli/bin"));
        Files.copy(Repository.root().resolve("cli/bin/wellhead"), root.resolve("cli/bin/wellhead"));
        Files.writeString(root.resolve("cli/pom.xml"), POM);
        // as a Java that cannot create an archive
        program("java/bin/java", "case \"$*\" in *ArchiveClassesAtExit*) exit 1 ;; esac; echo \"java $*\"");
        program("mvn", "echo \"mvn $*\"; touch cli/target/" + JAR);
    }

    @Test
    void script_withJarsOfOtherVersionsAndKinds_runsTheJarOfTheCheckout() throws Exception {
        for (String name : List.of(
                "wellhead-cli-1.9.0.jar",
                "wellhead-cli-1.10.0.jar",
                "wellhead-cli-1.10.0-SNAPSHOT-javadoc.jar",
                "wellhead-cli-1.10.0-SNAPSHOT-sources.jar",
                "wellhead-cli-1.10.0-SNAPSHOT-tests.jar",
                "wellhead-cli-2.0.0.jar",
                "original-" + JAR,
                JAR)) {
            Files.createFile(target.resolve(name));
        }
        // neither the order of names nor the time of a build decides
        Files.setLastModifiedTime(target.resolve(JAR), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(run("explain", "--json")).isEqualTo(new Run(0, started("explain --json"), ""));
    }

    @Test
    void script_withoutTheJarOfTheCheckout_buildsIt() throws Exception {
        Files.createFile(target.resolve("wellhead-cli-1.9.0.jar"));
        Files.createFile(target.resolve("wellhead-cli-1.10.0-SNAPSHOT-sources.jar"));

        String build =
                """
                Building cli ...
                mvn -q -B -Dquick -Dmaven.test.skip -Dmaven.source.skip -pl cli -am package
                """;
        assertThat(run("doctor")).isEqualTo(new Run(0, started("doctor"), build));
    }

    @Test
    void script_ifTheBuildFails_fails() throws Exception {
        program("mvn", "echo 'no network'; exit 1");

        String failure =
                """
                Building cli ...
                no network
                The build failed. It requires JDK 17 or later and Maven 3.8.7 or later.
                """;
        assertThat(run("doctor")).isEqualTo(new Run(1, "", failure));
    }

    private String started(String arguments) {
        return "java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -jar " + target.resolve(JAR) + " "
                + arguments + "\n";
    }

    private void program(String name, String body) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        Path out = root.resolve("out.txt");
        Path err = root.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", root.resolve("cli/bin/wellhead").toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", root.resolve("java").toString());
        builder.environment().put("MVN", root.resolve("mvn").toString());
        int code = builder.start().waitFor();
        return new Run(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
}
