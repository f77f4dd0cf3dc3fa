package dev.wellhead.internal.connect;

import dev.wellhead.settings.HostAndPort;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * pgjdbc's connection with what this side knows of it. A subclass and not a wrapper: statements cost nothing more, and
 * {@code unwrap(PGConnection.class)} is the thing itself.
 */
public final class PhysicalConnection extends PgConnection {

    static {
        DriverLog.redactAnswers();
    }

    private final HostAndPort server;
    private final String tls;
    private final @Nullable Instant certificateExpiry;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Opened opened;
    private boolean secondChoice;

    private PhysicalConnection(Attempt attempt, Properties properties) throws SQLException {
        super(new HostSpec[] {new AddressedHost(attempt.server())}, properties, url(attempt.server(), properties));
        this.server = attempt.server();
        this.tls = attempt.protocol();
        this.certificateExpiry = attempt.certificateExpiry();
    }

    /** Connects on this thread, within the attempt's deadline. */
    public static PhysicalConnection open(Attempt attempt, Properties properties) throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader ours = PhysicalConnection.class.getClassLoader();
        ClassLoader context = thread.getContextClassLoader();
        // the driver finds our plug-ins through its own loader, or else through the context's
        boolean apart = PgConnection.class.getClassLoader() != ours && context != ours;
        if (apart) {
            thread.setContextClassLoader(ours);
        }
        attempt.begin();
        try {
            return new PhysicalConnection(attempt, properties);
        } finally {
            if (apart) {
                thread.setContextClassLoader(context);
            }
        }
    }

    private static String url(HostAndPort server, Properties properties) {
        String name = properties.getProperty("PGDBNAME", "");
        return "jdbc:postgresql://" + server + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** Counts as open from here on: {@link #close} tells the listener. */
    public void opened(Opened as) {
        opened = as;
    }

    /** Where a standby is preferred: this is a primary. */
    public boolean isSecondChoice() {
        return secondChoice;
    }

    public void markSecondChoice() {
        secondChoice = true;
    }

    /** Ends a connection nobody got to see. */
    public void discard() {
        try {
            close();
        } catch (SQLException alreadyGone) {
            // it was of no use to anybody, open or not
        }
    }

    public HostAndPort server() {
        return server;
    }

    public String tls() {
        return tls;
    }

    /** When the server's certificate expires; null without TLS. */
    @Nullable
    public Instant certificateExpiry() {
        return certificateExpiry;
    }

    /** The number of its login; -1 until it counts as open. */
    public long generation() {
        Opened as = opened;
        return as == null ? -1 : as.generation();
    }

    @Override
    public void close() throws SQLException {
        try {
            super.close();
        } finally {
            noteClosed();
        }
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        try {
            super.abort(executor);
        } finally {
            noteClosed();
        }
    }

    private void noteClosed() {
        Opened as = opened;
        if (as != null && closed.compareAndSet(false, true)) {
            as.owner().closed(this);
        }
    }

    /**
     * What holds for a connection that counts as open.
     *
     * @param generation the number of its login
     * @param owner told of its end
     */
    public record Opened(long generation, Events owner) {}

    /** A host that the driver must not resolve: our socket knows the address. */
    private static final class AddressedHost extends HostSpec {

        AddressedHost(HostAndPort server) {
            super(server.host(), server.port());
        }

        @Override
        public Boolean shouldResolve() {
            return false;
        }
    }
}
