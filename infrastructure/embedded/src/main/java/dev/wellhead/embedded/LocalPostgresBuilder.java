package dev.wellhead.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts a {@link LocalPostgres}. Not thread-safe. */
public final class LocalPostgresBuilder {

    /** Between asking for a free port and listening on it, another process may take it. */
    private static final int PORTS_TRIED = 5;

    private int port;
    private @Nullable Path directory;
    private String database = LocalPostgres.DEFAULT_DATABASE;
    private @Nullable OperatingSystemUser runAs;

    LocalPostgresBuilder() {}

    /**
     * The port to listen on, 1 to 65535; 0, the default, takes a free one.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public LocalPostgresBuilder port(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        this.port = port;
        return this;
    }

    /**
     * A directory that keeps the data: created where it is missing, used again at the next start, by one server at a
     * time. Unless called, the directory is temporary and the data not made durable, which is faster.
     */
    public LocalPostgresBuilder directory(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        return this;
    }

    /**
     * The database. {@link LocalPostgres#DEFAULT_DATABASE}, the default, holds the schemas {@code ledger} and
     * {@code treasury}; one of any other name is created empty where it does not exist.
     */
    public LocalPostgresBuilder database(String name) {
        this.database = Objects.requireNonNull(name, "name");
        return this;
    }

    LocalPostgresBuilder runAs(OperatingSystemUser user) {
        this.runAs = user;
        return this;
    }

    /**
     * {@return the running server; the caller closes it} The first start on a machine unpacks the binaries and makes the
     * database, which takes some seconds; later ones begin with a copy.
     *
     * @throws IOException when it cannot be started; the message says why and what to do
     */
    public LocalPostgres start() throws IOException {
        OperatingSystemUser user = runAs == null ? OperatingSystemUser.current() : runAs;
        if (port != 0) {
            Ports.requireFree(port);
        }
        Installation installation = Installation.prepare(user);
        Template template = Template.prepare(installation);
        DataDirectory data = directory == null ? DataDirectory.temporary() : DataDirectory.kept(directory);
        try {
            data.prepare(template, installation);
            ServerProcess process = startProcess(installation, data);
            try {
                if (!database.equals(LocalPostgres.DEFAULT_DATABASE)) {
                    Sql.createDatabaseIfMissing(process.port(), database);
                }
                return new LocalPostgres(process, data, database);
            } catch (IOException | RuntimeException e) {
                process.stop();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private ServerProcess startProcess(Installation installation, DataDirectory data) throws IOException {
        if (port != 0) {
            return data.serve(installation, port);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return data.serve(installation, Ports.free());
            } catch (PortTakenException e) {
                if (attempt == PORTS_TRIED) {
                    throw e;
                }
            }
        }
    }
}
