package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class StaleFilesTest {

    @TempDir
    private Path temporary;

    private Path left(String name, String permissions) throws IOException {
        Path left = Files.createDirectory(temporary.resolve(name));
        Files.createFile(left.resolve("lock"));
        Files.writeString(left.resolve("pgpass"), "*:*:*:*:s3cret");
        return Files.setPosixFilePermissions(left, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void deleteIn_directoryOfAProcessThatIsGone_deletesIt() throws Exception {
        Path stale = left("wellhead-exec-1", "rwx------");

        new PrivateFiles(temporary).close();

        assertThat(stale).doesNotExist();
    }

    @Test
    void deleteIn_directoryInUse_keepsIt() throws Exception {
        try (PrivateFiles inUse = new PrivateFiles(temporary)) {
            Path file = inUse.write("pgpass", "*:*:*:*:s3cret");

            StaleFiles.deleteIn(temporary);

            assertThat(file).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwx---rwx"})
    void deleteIn_directoryThatOthersCanAccess_keepsIt(String permissions) throws Exception {
        Path others = left("wellhead-exec-1", permissions);

        StaleFiles.deleteIn(temporary);

        assertThat(others.resolve("pgpass")).exists();
    }

    @Test
    void deleteIn_otherName_keepsIt() throws Exception {
        Path other = left("wellhead-embedded-1", "rwx------");

        StaleFiles.deleteIn(temporary);

        assertThat(other.resolve("pgpass")).exists();
    }

    @Test
    void deleteIn_withoutALock_keepsIt() throws Exception {
        Path other = left("wellhead-exec-1", "rwx------");
        Files.delete(other.resolve("lock"));

        StaleFiles.deleteIn(temporary);

        assertThat(other.resolve("pgpass")).exists();
    }

    @Test
    void deleteIn_linkToADirectory_keepsBoth() throws Exception {
        Path target = left("target", "rwx------");
        Path link = Files.createSymbolicLink(temporary.resolve("wellhead-exec-1"), target);

        StaleFiles.deleteIn(temporary);

        assertThat(target.resolve("pgpass")).exists();
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void deleteIn_linkAsLock_keepsTheTarget() throws Exception {
        Path stale = left("wellhead-exec-1", "rwx------");
        Path target = Files.writeString(temporary.resolve("target"), "content");
        Files.delete(stale.resolve("lock"));
        Files.createSymbolicLink(stale.resolve("lock"), target);

        StaleFiles.deleteIn(temporary);

        assertThat(target).hasContent("content");
    }

    @Test
    void deleteIn_directoryOfAnotherUser_keepsIt() throws Exception {
        Path others = left("wellhead-exec-1", "rwx------");
        Object nobody = 65534;
        try {
            Files.setAttribute(others, "unix:uid", nobody);
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            assumeTrue(false, "Only root can give a directory to another user.");
        }

        StaleFiles.deleteIn(temporary);

        assertThat(others.resolve("pgpass")).exists();
    }

    @Test
    void deleteIn_missingDirectory_doesNothing() {
        StaleFiles.deleteIn(temporary.resolve("missing"));
    }
}
