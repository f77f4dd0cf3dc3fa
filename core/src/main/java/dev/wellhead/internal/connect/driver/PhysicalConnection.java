package dev.wellhead.internal.connect.driver;

import dev.wellhead.settings.HostAndPort;
import java.net.InetAddress;
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
 * A connection of pgjdbc with Wellhead's facts about it. It is a subclass and not a wrapper, so that statements cost
 * nothing extra and {@code unwrap(PGConnection.class)} returns the same object.
 */
public final class PhysicalConnection extends PgConnection {

    /** Is notified once when an announced connection is closed. */
    public interface CloseListener {
        void closed(PhysicalConnection connection);
    }

    private record Announcement(long generation, CloseListener listener) {}

    static {
        DriverLog.redactAuthentication();
    }

    private final HostAndPort server;
    private final String tls;
    private final @Nullable Instant certificateExpiry;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final InetAddress address;
    private volatile ServerRole.@Nullable Reported atStart;
    private volatile boolean secondChoice;
    private volatile @Nullable Announcement announcement;
    private volatile boolean validating;

    private PhysicalConnection(ConnectAttempt attempt, Properties properties) throws SQLException {
        super(new HostSpec[] {new UnresolvedHost(attempt.server())}, properties, url(attempt.server(), properties));
        this.server = attempt.server();
        this.address = attempt.address();
        this.tls = attempt.tlsProtocol();
        this.certificateExpiry = attempt.certificateExpiry();
    }

    /**
     * Connects on the calling thread, within the deadline of the attempt. The caller then ends the attempt.
     *
     * @param properties for pgjdbc
     */
    public static PhysicalConnection open(ConnectAttempt attempt, Properties properties) throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader ours = PhysicalConnection.class.getClassLoader();
        ClassLoader context = thread.getContextClassLoader();
        // The driver loads our plug-ins with its own class loader, and then with the thread's context class loader.
        boolean differs = PgConnection.class.getClassLoader() != ours && context != ours;
        if (differs) {
            thread.setContextClassLoader(ours);
        }
        attempt.begin();
        try {
            return new PhysicalConnection(attempt, properties);
        } finally {
            if (differs) {
                thread.setContextClassLoader(context);
            }
        }
    }

    private static String url(HostAndPort server, Properties properties) {
        String name = properties.getProperty("PGDBNAME", "");
        return "jdbc:postgresql://" + server + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /**
     * Marks the connection as one that the application uses: {@code listener} is notified when it is closed.
     *
     * @param generation the generation in which its login was first accepted
     */
    public void announce(long generation, CloseListener listener) {
        announcement = new Announcement(generation, listener);
    }

    /**
     * Records what the server reported when the session started.
     *
     * @param isSecondChoice whether a server of another role is preferred
     */
    public void startedAs(ServerRole.Reported role, boolean isSecondChoice) {
        atStart = role;
        secondChoice = isSecondChoice;
    }

    /** {@return whether a server of another role is preferred} */
    public boolean isSecondChoice() {
        return secondChoice;
    }

    /** {@return the address of the server that the socket is connected to} */
    public InetAddress address() {
        return address;
    }

    /** {@return what the server reported when the session started; null if that was not recorded} */
    public ServerRole.@Nullable Reported atStart() {
        return atStart;
    }

    /** Closes a connection that was never used. */
    public void discard() {
        try {
            close();
        } catch (SQLException alreadyClosed) {
            // the connection is of no use either way
        }
    }

    /** Closes the socket, so that a call that waits for the server ends. */
    public void abandon() {
        try {
            abort(Runnable::run);
        } catch (SQLException notPermitted) {
            // the call ends with its time-out
        }
    }

    public HostAndPort server() {
        return server;
    }

    /** {@return the TLS version, such as {@code TLSv1.3}, or {@code none}} */
    public String tls() {
        return tls;
    }

    /** {@return when the server's certificate expires; null without TLS} */
    @Nullable
    public Instant certificateExpiry() {
        return certificateExpiry;
    }

    /** {@return the generation in which its login was first accepted; -1 before {@link #announce}} */
    public long generation() {
        Announcement present = announcement;
        return present == null ? -1 : present.generation();
    }

    /** Commits. If the connection is lost before the server's answer is complete, the SQLSTATE is 08007. */
    @Override
    public void commit() throws SQLException {
        try {
            super.commit();
        } catch (SQLException e) {
            throw UnknownCommit.explain(e, isClosed(), server);
        }
    }

    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        validating = true;
        try {
            return super.isValid(timeoutSeconds);
        } finally {
            validating = false;
        }
    }

    /** {@return whether a thread is validating this connection} It may be waiting for a server that does not answer. */
    public boolean isValidating() {
        return validating;
    }

    @Override
    public void close() throws SQLException {
        try {
            super.close();
        } finally {
            notifyClosed();
        }
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        try {
            super.abort(executor);
        } finally {
            notifyClosed();
        }
    }

    private void notifyClosed() {
        Announcement present = announcement;
        if (present != null && closed.compareAndSet(false, true)) {
            present.listener().closed(this);
        }
    }

    /** A host whose name the driver must not resolve, because our socket already has the address. */
    private static final class UnresolvedHost extends HostSpec {

        UnresolvedHost(HostAndPort server) {
            super(server.host(), server.port());
        }

        @Override
        public Boolean shouldResolve() {
            return false;
        }
    }
}
