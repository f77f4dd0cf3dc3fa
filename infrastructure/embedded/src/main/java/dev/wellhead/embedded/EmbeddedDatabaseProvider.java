package dev.wellhead.embedded;

import dev.wellhead.spi.LocalDatabaseProvider;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The local database that core finds on the class path: one server per JVM, on a free port, in a temporary directory; another
 * one where that was killed. Not for use in code: {@link LocalPostgres} is.
 */
public final class EmbeddedDatabaseProvider implements LocalDatabaseProvider {

    private static final Object LOCK = new Object();
    private static @Nullable LocalPostgres server;

    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedDatabaseProvider() {}

    @Override
    public String description() {
        return "embedded PostgreSQL " + Binaries.majorVersion();
    }

    @Override
    public RunningServer start(Request request) throws IOException {
        if (!request.user().equals(LocalPostgres.USER)) {
            throw new IOException("it has the user 'postgres' alone, and the settings name '" + request.user()
                    + "'. Leave the user and the password unset, or start a server that has this user"
                    + " and set the host.");
        }
        synchronized (LOCK) {
            LocalPostgres running = server;
            if (running != null && !running.isAlive()) {
                running.close();
                running = null;
            }
            if (running == null) {
                running = LocalPostgres.start();
                server = running;
            }
            if (!request.databaseName().equals(LocalPostgres.DEFAULT_DATABASE)) {
                running.createDatabase(request.databaseName());
            }
            return new RunningServer(running.host(), running.port(), Map.of());
        }
    }
}
