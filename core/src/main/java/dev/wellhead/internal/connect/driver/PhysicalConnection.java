package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.connect.net.DeadlineSocket;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.settings.HostAndPort;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * A connection of pgjdbc with Wellhead's facts about it. It is a subclass and not a wrapper, so that statements cost
 * nothing extra and {@code unwrap(PGConnection.class)} returns the same object.
 */
public final class PhysicalConnection extends PgConnection implements MonitoredConnection {

    /** Is notified once when an announced connection is closed. */
    public interface CloseListener {
        void closed(PhysicalConnection connection);
    }

    /** Is consulted when the pool checks whether an idle connection still works. Thread-safe. */
    public interface ValidationRules {

        /** {@return whether the connection must not be used, so that no answer has to be awaited} */
        boolean isSuspect(PhysicalConnection connection);

        /**
         * The server did not answer a validation.
         *
         * @param begin when the validation began, on the scale of {@link System#nanoTime}
         * @param within how long the answer was awaited
         */
        void unanswered(PhysicalConnection connection, long begin, Duration within);

        /** {@return the reader of the server's identity; null if the identity is not needed} */
        @Nullable
        IdentityReader identities();
    }

    private static final String NOT_VALID = "The connection did not pass a validation.";

    private record Announcement(long generation, CloseListener listener) {}

    static {
        DriverLog.redactAuthentication();
    }

    private final ServerAddress serverAddress;
    private final DeadlineSocket socket;
    private final String tls;
    private final @Nullable Instant certificateExpiry;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile ServerRole.@Nullable Reported atStart;
    private volatile boolean secondChoice;
    private volatile @Nullable Announcement announcement;
    private volatile @Nullable ValidationRules rules;
    private volatile @Nullable ServerIdentity identity;
    private volatile boolean identityRead;
    private volatile boolean awaitingNotifications;
    private volatile boolean validating;

    private PhysicalConnection(ConnectAttempt attempt, Properties properties) throws SQLException {
        super(new HostSpec[] {new UnresolvedHost(attempt.server())}, properties, url(attempt.server(), properties));
        this.serverAddress = attempt.target();
        this.socket = attempt.socket();
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
        return serverAddress.address();
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
        return serverAddress.server();
    }

    @Override
    public ServerAddress serverAddress() {
        return serverAddress;
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

    /** Sets the rules of all later validations. */
    public void validateBy(ValidationRules validationRules) {
        rules = validationRules;
    }

    /**
     * {@return whether the connection works} If the server does not answer in time, the rules are notified, because the
     * driver and the pool only report that the connection was closed.
     */
    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        validating = true;
        try {
            ValidationRules by = rules;
            return by == null ? super.isValid(timeoutSeconds) : isValid(timeoutSeconds, by);
        } finally {
            validating = false;
        }
    }

    private boolean isValid(int timeoutSeconds, ValidationRules by) throws SQLException {
        if (by.isSuspect(this)) {
            end(NOT_VALID);
            return false;
        }
        long begin = System.nanoTime();
        socket.activity().takeTimedOut();
        boolean valid = super.isValid(timeoutSeconds);
        if (!valid && socket.activity().takeTimedOut()) {
            end(NOT_VALID);
            by.unanswered(this, begin, Duration.ofNanos(System.nanoTime() - begin));
        }
        IdentityReader reader = by.identities();
        if (valid && reader != null && !identityRead) {
            identify(reader);
        }
        return valid;
    }

    /** Reads the identity of the server, within the network timeout of the connection. */
    public void identify(IdentityReader reader) {
        identityRead = true;
        try {
            identity = reader.read(this);
        } catch (SQLException broken) {
            // the connection is closed, which its next user notices
            return;
        }
    }

    /** Reads the identity of the server, and sets the network timeout back. */
    public void identifyWithin(int millis, IdentityReader reader) {
        try {
            int before = getNetworkTimeout();
            setNetworkTimeout(null, millis);
            identify(reader);
            setNetworkTimeout(null, before);
        } catch (SQLException broken) {
            // the connection is closed, which its next user notices
            return;
        }
    }

    @Override
    public void identifiedAs(ServerIdentity found) {
        identity = found;
    }

    @Override
    public @Nullable ServerIdentity identity() {
        return identity;
    }

    @Override
    public int backendPid() {
        return getBackendPID();
    }

    @Override
    public int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public long calls() {
        return socket.activity().calls();
    }

    @Override
    public long receivedAt() {
        return socket.activity().receivedAt();
    }

    @Override
    public boolean isAwaitingNotifications() {
        return awaitingNotifications;
    }

    @Override
    public PGNotification[] getNotifications(int timeoutMillis) throws SQLException {
        awaitingNotifications = true;
        try {
            return super.getNotifications(timeoutMillis);
        } finally {
            awaitingNotifications = false;
        }
    }

    @Override
    public void end(String reason) {
        // first the socket: closing TLS would wait for a thread that blocks in a write
        socket.end(reason);
        try {
            abort(Runnable::run);
        } catch (SQLException notPermitted) {
            // the socket is closed, so the connection is of no use either way
            return;
        }
    }

    /** The driver calls this before it uses the connection. The caller gets the reason instead of "has been closed". */
    @Override
    protected void checkClosed() throws SQLException {
        String reason = socket == null ? null : socket.activity().endReason();
        if (reason != null) {
            throw new PSQLException(reason, PSQLState.CONNECTION_FAILURE);
        }
        super.checkClosed();
    }

    /**
     * HikariCP sets the time-out back after a validation, and would report that a connection which was ended is closed.
     */
    @Override
    public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
        if (socket.activity().endReason() == null) {
            super.setNetworkTimeout(executor, milliseconds);
        }
    }

    /** Commits. If the connection is lost before the server's answer is complete, the SQLSTATE is 08007. */
    @Override
    public void commit() throws SQLException {
        try {
            super.commit();
        } catch (SQLException e) {
            throw UnknownCommit.explain(e, isClosed(), server());
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
