package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Changes of a password that is in a file. The other libraries read the file once, when they start. */
final class PasswordFileFaults {

    private static final Duration WINDOW = Duration.ofSeconds(3);
    private static final Duration BETWEEN_SWAPS = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(7);
    private static final int SWAPS = 50;
    private static final int CLOSE_ONE_IN = 20;
    private static final Promise SOON_BACK = Promise.noFailureAndBackWithin(500);
    private static final List<Contestant> CONTESTANTS =
            List.of(Contestant.WELLHEAD, Contestant.HIKARICP, Contestant.AGROAL);

    private PasswordFileFaults() {}

    static List<Fault> all() {
        String others = " The other libraries have the password that they read when they started.";
        return List.of(
                new Fault(
                        "file-after-role",
                        "Password file, server changed first",
                        "The server gets the new password, and all sessions are ended. The file gets it 3 s later."
                                + others,
                        SOON_BACK,
                        CONTESTANTS,
                        PasswordFileFaults::changeRoleFirst),
                new Fault(
                        "file-before-role",
                        "Password file, file changed first",
                        "The file gets the new password, and all sessions are ended. The server gets it 3 s later."
                                + others,
                        SOON_BACK,
                        CONTESTANTS,
                        PasswordFileFaults::changeFileFirst),
                new Fault(
                        "file-swaps",
                        "Password file, 50 swaps of `..data`",
                        "Every 100 ms, the server and then the file get a new password, 50 times. The file is in a directory that is"
                                + " replaced as a whole, as Kubernetes does with the link `..data`. One in 20 connections is closed when"
                                + " it is returned.",
                        SOON_BACK,
                        List.of(Contestant.WELLHEAD),
                        PasswordFileFaults::swap));
    }

    private static void changeRoleFirst(Bout bout) throws Exception {
        Path file = bout.directory().resolve("password");
        Files.writeString(file, ArenaServers.PASSWORD);
        try (PostgresServer server = ArenaServers.start()) {
            bout.start(LoadSetup.at(server).passwordFile(file));
            server.setPassword(ArenaServers.USER, "second-password");
            bout.begin();
            server.terminateSessions();
            bout.pass(WINDOW);
            replace(file, "second-password");
            bout.end();
            bout.watch(LIMIT);
        }
    }

    private static void changeFileFirst(Bout bout) throws Exception {
        Path file = bout.directory().resolve("password");
        Files.writeString(file, ArenaServers.PASSWORD);
        try (PostgresServer server = ArenaServers.start()) {
            bout.start(LoadSetup.at(server).passwordFile(file));
            replace(file, "second-password");
            bout.begin();
            server.terminateSessions();
            bout.pass(WINDOW);
            server.setPassword(ArenaServers.USER, "second-password");
            bout.end();
            server.terminateSessions();
            bout.watch(LIMIT);
        }
    }

    private static void swap(Bout bout) throws Exception {
        Path volume = Files.createDirectories(bout.directory().resolve("volume"));
        publish(volume, 0, ArenaServers.PASSWORD);
        Path file = Files.createSymbolicLink(volume.resolve("password"), Path.of("..data", "password"));
        try (PostgresServer server = ArenaServers.start()) {
            bout.start(LoadSetup.at(server).passwordFile(file).closingOneIn(CLOSE_ONE_IN));
            bout.begin();
            for (int i = 1; i <= SWAPS; i++) {
                server.setPassword(ArenaServers.USER, "password-" + i);
                publish(volume, i, "password-" + i);
                bout.pass(BETWEEN_SWAPS);
            }
            bout.end();
            bout.watch(LIMIT);
        }
    }

    private static void replace(Path file, String password) throws IOException {
        Path next = Files.writeString(file.resolveSibling("password.next"), password);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void publish(Path volume, int version, String password) throws IOException {
        Path directory = Files.createDirectories(volume.resolve("..version-" + version));
        Files.writeString(directory.resolve("password"), password);
        Path link = volume.resolve("..data_tmp");
        Files.createSymbolicLink(link, directory.getFileName());
        Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
