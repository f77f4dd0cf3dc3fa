package dev.wellhead.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The unpacked binaries and, made with them once, an initialised data directory that every server starts from a copy of:
 * {@code initdb} takes longer than all the rest. Kept per user between runs.
 */
final class PostgresBinaries {

    /** Changes when what {@link #initialise} makes changes, so that an old one is not used. */
    private static final String LAYOUT = "1";

    private final Path home;
    private final OperatingSystemUser user;

    private PostgresBinaries(Path home, OperatingSystemUser user) {
        this.home = home;
        this.user = user;
    }

    /** {@return the binaries for this machine, unpacked first where they are not yet} */
    static PostgresBinaries prepare(OperatingSystemUser user) throws IOException {
        Path base =
                Path.of(System.getProperty("java.io.tmpdir"), "wellhead-testkit-" + System.getProperty("user.name"));
        Path home = base.resolve("postgres-" + user.name().toLowerCase(Locale.ROOT) + "-" + fingerprint());
        PostgresBinaries binaries = new PostgresBinaries(home, user);
        if (!Files.isDirectory(home)) {
            Files.createDirectories(base);
            Path fresh = Files.createTempDirectory(base, "fresh");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpack(fresh);
            new PostgresBinaries(fresh, user).initialise();
            binaries.adopt(fresh);
        }
        return binaries;
    }

    OperatingSystemUser user() {
        return user;
    }

    /** {@return the command that runs one of the programs as the right user} */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(user.prefix());
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Makes {@code data} a data directory with the roles {@code postgres} and the testkit's own. */
    void createDataDirectory(Path data) throws IOException {
        Trees.copy(home.resolve("data"), data, path -> true);
        user.own(data);
    }

    private void initialise() throws IOException {
        user.own(home);
        Path password = Files.writeString(home.resolve("password"), PostgresServer.SUPERUSER_PASSWORD);
        user.own(password);
        Path data = home.resolve("data");
        run(
                command(
                        "initdb",
                        "--pgdata=" + data,
                        "--username=" + PostgresServer.SUPERUSER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--wal-segsize=1",
                        "--no-sync",
                        "--no-instructions"),
                "");
        String role = "create role " + PostgresServer.OWN_ROLE + " superuser replication login password '"
                + PostgresServer.OWN_PASSWORD + "'\n";
        run(command("postgres", "--single", "-D", data.toString(), "postgres"), role);
    }

    private void adopt(Path fresh) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
            // another JVM was first; its result is the same
            Trees.delete(fresh);
        }
    }

    private static void unpack(Path target) throws IOException {
        try (TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(open()))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                Path parent = Objects.requireNonNull(path.getParent());
                Files.createDirectories(entry.isDirectory() ? path : parent);
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(archive, path);
                    boolean program = parent.endsWith("bin");
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    /** The archive's size tells the versions of one platform apart well enough, and costs no reading. */
    private static String fingerprint() throws IOException {
        try (InputStream archive = open()) {
            return LAYOUT + "-" + archive.available();
        }
    }

    private static InputStream open() throws IOException {
        String name = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        String architecture = System.getProperty("os.arch");
        return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                name, "amd64".equals(architecture) ? "x86_64" : architecture);
    }

    private static void run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed:\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command, e);
        }
    }
}
