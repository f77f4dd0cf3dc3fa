package dev.wellhead.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Opens the temporary directory of a test, which JUnit closes to others, to the user that runs the server of root. */
public final class EnterableDirectory {

    private EnterableDirectory() {}

    public static void open(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
