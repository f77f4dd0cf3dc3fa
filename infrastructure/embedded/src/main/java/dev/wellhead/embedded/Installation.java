package dev.wellhead.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked.
 *
 * @param home holds {@code bin}, {@code lib} and {@code share}
 * @param fingerprint differs for programs that differ
 * @param user who runs them
 * @param cache where more may be kept
 */
record Installation(Path home, String fingerprint, OperatingSystemUser user, Cache cache) {

    static Installation prepare(OperatingSystemUser user) throws IOException {
        return prepare(user, Cache.open(user));
    }

    static Installation prepare(OperatingSystemUser user, Cache cache) throws IOException {
        Binaries binaries = Binaries.find(Platform.current());
        String fingerprint = binaries.fingerprint();
        Path home = cache.entry("postgresql-" + fingerprint, directory -> unpack(binaries, directory));
        return new Installation(home, fingerprint, user, cache);
    }

    /** {@return a command that runs one of the programs as the right user} */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return user.command(command);
    }

    /** Runs one of the programs to its end. */
    void run(String program, String... arguments) throws IOException {
        Command.of(command(program, arguments)).in(home).run();
    }

    private static void unpack(Binaries binaries, Path directory) throws IOException {
        try (InputStream in = binaries.location().openStream();
                XZInputStream archive = new XZInputStream(in)) {
            new TarArchive(archive).unpack(directory);
        } catch (IOException e) {
            throw new IOException("cannot unpack " + binaries.name() + " to " + directory + ": " + e.getMessage(), e);
        }
    }
}
