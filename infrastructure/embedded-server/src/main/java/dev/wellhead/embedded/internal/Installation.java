package dev.wellhead.embedded.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tukaani.xz.XZInputStream;

/**
 * The extracted PostgreSQL binaries and the user that runs them.
 *
 * @param home the directory that contains {@code bin}, {@code lib} and {@code share}
 * @param fingerprint a text that is different for different binaries
 * @param user the user that runs the server
 * @param cache where the binaries and the data templates are kept
 */
public record Installation(Path home, String fingerprint, OperatingSystemUser user, BinaryCache cache) {

    private static final String VERSION_LINE = "# PostgreSQL ";

    /** {@return the binaries for this platform, which are extracted if the cache does not contain them} */
    public static Installation prepare(OperatingSystemUser user) throws IOException {
        return prepare(user, step -> {});
    }

    /**
     * {@return the binaries for this platform, which are extracted if the cache does not contain them}
     *
     * @param progress notified before they are extracted
     */
    public static Installation prepare(OperatingSystemUser user, Consumer<String> progress) throws IOException {
        return prepare(user, BinaryArchive.find(Platform.current()), progress);
    }

    /** {@return the binaries of an archive, which are extracted if the cache does not contain them} */
    public static Installation prepare(OperatingSystemUser user, BinaryArchive binaries) throws IOException {
        return prepare(user, binaries, step -> {});
    }

    private static Installation prepare(OperatingSystemUser user, BinaryArchive binaries, Consumer<String> progress)
            throws IOException {
        return prepare(user, binaries, BinaryCache.open(user), progress);
    }

    static Installation prepare(
            OperatingSystemUser user, BinaryArchive binaries, BinaryCache cache, Consumer<String> progress)
            throws IOException {
        String fingerprint = binaries.fingerprint();
        Path home = cache.entry("postgresql-" + fingerprint, directory -> {
            progress.accept("Preparing PostgreSQL"
                    + binaries.majorVersion().map(" "::concat).orElse("") + " (once, about 100 MB in "
                    + cache.directory() + ").");
            extract(binaries, directory);
        });
        return new Installation(home, fingerprint, user, cache);
    }

    /**
     * {@return the major version of the binaries, for example {@code "16"}} They require the same version of a data
     * directory.
     */
    public String majorVersion() throws IOException {
        // initdb compares this line with its own version
        Path catalogue = home.resolve("share").resolve("postgresql").resolve("postgres.bki");
        try (BufferedReader lines = Files.newBufferedReader(catalogue)) {
            String line = lines.readLine();
            if (line != null && line.startsWith(VERSION_LINE)) {
                return line.substring(VERSION_LINE.length()).strip();
            }
        }
        throw new IOException(catalogue + " does not contain the version of PostgreSQL. Delete " + home
                + "; it is then extracted again.");
    }

    /** {@return a command that runs one of the binaries as the server's user} */
    List<String> command(String program, String... arguments) {
        return command(user, program, arguments);
    }

    private List<String> command(OperatingSystemUser runAs, String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return runAs.command(command);
    }

    /**
     * {@return the same, to be run in a directory that the server's user may enter, as PostgreSQL's programs require}
     */
    ExternalCommand program(String program, String... arguments) {
        return program(user, program, arguments);
    }

    ExternalCommand program(OperatingSystemUser runAs, String program, String... arguments) {
        return new ExternalCommand(command(runAs, program, arguments), home);
    }

    private static void extract(BinaryArchive binaries, Path directory) throws IOException {
        try (InputStream in = binaries.location().openStream();
                XZInputStream archive = new XZInputStream(in)) {
            ArchiveExtractor.extract(archive, directory);
        } catch (IOException e) {
            throw new IOException("cannot extract " + binaries.name() + " to " + directory + ": " + e.getMessage(), e);
        }
    }
}
