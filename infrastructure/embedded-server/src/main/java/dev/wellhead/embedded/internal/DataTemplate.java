package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A data directory in the state after its init scripts. Every new server starts with a copy of it, because a copy takes
 * a tenth of the time of initdb and the scripts.
 */
public final class DataTemplate {

    /** Must change when {@link #initialise} changes, so that existing templates are not used any more. */
    private static final String LAYOUT = "2";

    private final Path data;

    private DataTemplate(Path data) {
        this.data = data;
    }

    /** {@return the template for these scripts, which is created if the cache does not contain it} */
    public static DataTemplate prepare(Installation installation, InitScripts scripts) throws IOException {
        String name = "cluster-" + LAYOUT + "-" + installation.fingerprint() + "-" + scripts.fingerprint();
        Path entry = installation.cache().entry(name, directory -> initialise(installation, directory, scripts));
        return new DataTemplate(entry.resolve("data"));
    }

    Path data() {
        return data;
    }

    /** {@return the major version that wrote a data directory, for example {@code "16"}} */
    static String version(Path data) throws IOException {
        return Files.readString(data.resolve("PG_VERSION")).strip();
    }

    /** Does the same as the container's first start with the variables of docker-compose.yml. */
    private static void initialise(Installation installation, Path directory, InitScripts scripts) throws IOException {
        OperatingSystemUser user = installation.user();
        Path password = Files.writeString(directory.resolve("password"), SuperuserSql.PASSWORD);
        Path data = Files.createDirectory(directory.resolve("data"));
        Path log = Files.createFile(directory.resolve("log"));
        user.own(data);
        user.own(password);
        user.own(log);
        installation
                .program(
                        "initdb",
                        "--pgdata=" + data,
                        "--username=" + SuperuserSql.USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--set=timezone=UTC",
                        "--set=log_timezone=UTC",
                        // megabytes; the default of 16 makes every copy of the template slower
                        "--wal-segsize=1",
                        "--no-sync",
                        "--no-instructions")
                .run();
        Files.delete(password);
        ServerProcess server = ServerProcess.start(installation, data, log, directory, LoopbackPorts.findFree());
        try {
            SuperuserSql.createDatabaseIfMissing(server.port(), scripts.database());
            SuperuserSql.run(server.port(), scripts);
        } finally {
            // with a checkpoint, so that the servers that use a copy start without a recovery
            server.stop();
        }
        Files.delete(log);
    }
}
