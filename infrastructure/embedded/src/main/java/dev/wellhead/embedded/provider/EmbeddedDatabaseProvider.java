package dev.wellhead.embedded.provider;

import dev.wellhead.embedded.InitScriptException;
import dev.wellhead.embedded.LocalPostgres;
import dev.wellhead.embedded.LocalPostgresBuilder;
import dev.wellhead.settings.Profile;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one server per JVM, on a free port, with a temporary directory and random passwords. Every database and every
 * role that is requested is created on it; a database is empty unless init scripts are configured. If that server was
 * killed, the next call starts another one. Applications that start a server themselves use {@link LocalPostgres}.
 * Thread-safe.
 */
public final class EmbeddedDatabaseProvider implements LocalDatabaseProvider {

    /** The logger of the database that starts it. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.wellhead.Database");

    private static final Object LOCK = new Object();
    private static @Nullable LocalPostgres server;

    /** Called by {@link java.util.ServiceLoader}. */
    public EmbeddedDatabaseProvider() {}

    /** {@return the name, with the version once the server has reported it} */
    @Override
    public String description() {
        synchronized (LOCK) {
            return server == null ? "embedded PostgreSQL" : "embedded PostgreSQL " + server.majorVersion();
        }
    }

    @Override
    public RunningServer start(Request request) throws IOException {
        if (request.sslMode().isAtLeast(SslMode.REQUIRE)) {
            throw new IOException("it does not support TLS, which SSL mode '" + request.sslMode() + "' requires."
                    + " Leave the SSL mode, the root certificate and the client certificate unset, or start a server"
                    + " with TLS and set the host.");
        }
        try {
            LocalPostgres running = serverFor(request);
            return new RunningServer(
                    running.host(), running.port(), Map.of("password", running.passwordOf(request.user())));
        } catch (InitScriptException e) {
            throw new IOException(
                    e.getMessage() + "\n  The init scripts are set by "
                            + request.initScripts().setting() + ".",
                    e);
        }
    }

    /** {@return the server, with the database and the user of the request} */
    private static LocalPostgres serverFor(Request request) throws IOException {
        String[] scripts = request.initScripts().locations().toArray(String[]::new);
        synchronized (LOCK) {
            LocalPostgres running = server;
            if (running != null && !running.isRunning()) {
                running.close();
                server = null;
                running = null;
            }
            if (running == null) {
                LocalPostgresBuilder builder = LocalPostgres.builder()
                        .database(request.databaseName())
                        .user(request.user())
                        .initScripts(scripts)
                        .progress(LOG::info);
                // the data of tests is small, that of a developer may not be
                running = (request.profile() == Profile.TEST ? builder.inMemory() : builder).start();
                server = running;
            } else {
                running.createDatabase(request.databaseName(), request.user(), scripts);
            }
            return running;
        }
    }
}
