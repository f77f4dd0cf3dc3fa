package dev.wellhead.embedded.provider;

import dev.wellhead.embedded.LocalPostgres;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts one server per JVM, on a free port, with a temporary directory and a random password. If that server was
 * killed, the next call starts another one. Applications that start a server themselves use {@link LocalPostgres}.
 * Thread-safe.
 */
public final class EmbeddedDatabaseProvider implements LocalDatabaseProvider {

    private static final Object LOCK = new Object();
    private static @Nullable LocalPostgres server;

    /** Called by {@link java.util.ServiceLoader}. */
    public EmbeddedDatabaseProvider() {}

    @Override
    public String description() {
        return "embedded PostgreSQL " + LocalPostgres.majorVersion();
    }

    @Override
    public RunningServer start(Request request) throws IOException {
        if (!request.user().equals(LocalPostgres.USER)) {
            throw new IOException("its only user is 'postgres', and the settings require the user '" + request.user()
                    + "'. Leave the user and the password unset, or start a server that has this user"
                    + " and set the host.");
        }
        if (request.sslMode().isAtLeast(SslMode.REQUIRE)) {
            throw new IOException("it does not support TLS, which SSL mode '" + request.sslMode() + "' requires."
                    + " Leave the SSL mode, the root certificate and the client certificate unset, or start a server"
                    + " with TLS and set the host.");
        }
        synchronized (LOCK) {
            LocalPostgres running = server;
            if (running != null && !running.isRunning()) {
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
            return new RunningServer(running.host(), running.port(), Map.of("password", running.password()));
        }
    }
}
