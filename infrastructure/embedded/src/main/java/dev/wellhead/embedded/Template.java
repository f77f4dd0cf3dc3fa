package dev.wellhead.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A data directory as it is on first start, with the init scripts run. Every new server begins with a copy of it: to copy
 * takes a tenth of the time.
 *
 * @param data the directory
 */
record Template(Path data) {

    /** Changes when what {@link #initialise} makes changes, so that an older one is not used. */
    private static final String LAYOUT = "1";

    static Template prepare(Installation installation) throws IOException {
        List<InitScripts.Script> scripts = InitScripts.all();
        String name = "cluster-" + LAYOUT + "-" + installation.fingerprint() + "-" + InitScripts.fingerprint(scripts);
        Path entry = installation.cache().entry(name, directory -> initialise(installation, directory, scripts));
        return new Template(entry.resolve("data"));
    }

    /** {@return the major version that wrote a data directory, as {@code "16"}} */
    static String version(Path data) throws IOException {
        return Files.readString(data.resolve("PG_VERSION")).strip();
    }

    /** Does what the image's entry point does on first start with the variables of docker-compose.yml. */
    private static void initialise(Installation installation, Path directory, List<InitScripts.Script> scripts)
            throws IOException {
        OperatingSystemUser user = installation.user();
        Path password = Files.writeString(directory.resolve("password"), LocalPostgres.PASSWORD);
        Path data = Files.createDirectory(directory.resolve("data"));
        Path log = Files.createFile(directory.resolve("log"));
        user.own(data);
        user.own(password);
        user.own(log);
        installation.run(
                "initdb",
                "--pgdata=" + data,
                "--username=" + LocalPostgres.USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--set=timezone=UTC",
                "--set=log_timezone=UTC",
                "--no-sync",
                "--no-instructions");
        Files.delete(password);
        ServerProcess server =
                ServerProcess.start(installation, ServerProcess.Use.COPIED, data, log, directory, Ports.free());
        try {
            Sql.createDatabaseIfMissing(server.port(), LocalPostgres.DEFAULT_DATABASE);
            Sql.run(server.port(), LocalPostgres.DEFAULT_DATABASE, scripts);
        } finally {
            server.stop();
        }
        Files.delete(log);
    }
}
