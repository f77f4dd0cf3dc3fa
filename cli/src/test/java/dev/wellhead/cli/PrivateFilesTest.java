package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class PrivateFilesTest {

    @Test
    void files_areReadableOnlyByTheirOwnerAndDeletedOnClose() throws Exception {
        Path first;
        Path second;
        try (PrivateFiles files = new PrivateFiles()) {
            first = files.write("one", "1");
            second = files.write("two", "2");

            assertThat(first).hasContent("1").hasParent(second.getParent());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.getParent())))
                    .isEqualTo("rwx------");
        }

        assertThat(first).doesNotExist();
        assertThat(second.getParent()).doesNotExist();
    }

    @Test
    void close_withoutFilesOrTwice_doesNothing() throws Exception {
        PrivateFiles files = new PrivateFiles();
        files.close();

        files.write("late", "x");
        files.close();
        files.close();
    }

    @Test
    void close_ifTheFileIsGone_stillDeletesTheDirectory() throws Exception {
        Path file;
        try (PrivateFiles files = new PrivateFiles()) {
            file = files.write("one", "1");
            Files.delete(file);
        }

        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void close_ifTheCommandAddedAFile_leavesIt() throws Exception {
        Path other;
        try (PrivateFiles files = new PrivateFiles()) {
            other = Files.writeString(files.write("one", "1").resolveSibling("other"), "kept");
        }

        assertThat(other).hasContent("kept");
        assertThat(other.resolveSibling("one")).doesNotExist();
        Files.delete(other);
        Files.delete(other.getParent());
    }
}
