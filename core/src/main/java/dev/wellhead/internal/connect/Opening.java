package dev.wellhead.internal.connect;

import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.connect.failure.Diagnosis;
import dev.wellhead.internal.connect.failure.Echo;
import dev.wellhead.internal.connect.failure.Failure;
import dev.wellhead.internal.connect.failure.FailureMessage;
import dev.wellhead.internal.connect.failure.ServerFailedException;
import dev.wellhead.internal.connect.login.Candidate;
import dev.wellhead.internal.connect.login.LoginLimits;
import dev.wellhead.internal.connect.login.Logins;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One search for a connection: the servers in turn, each with a fair share of the time that is left, their addresses,
 * the steps of the SSL mode. Used once, on one thread.
 */
public final class Opening {

    private final ConnectPlan plan;
    private final Logins logins;
    private final Events events;
    private final Diagnosis diagnosis;
    private final NameResolver resolver;
    private final Random random;
    private final boolean proving;
    private final @Nullable ConnectSteps steps;
    private final Deadline whole;
    private final List<Failure> failures = new ArrayList<>(1);
    /** Where a standby is preferred: a primary that answered meanwhile. */
    private Logins.@Nullable Login fallback;

    public Opening(
            ConnectPlan plan,
            Logins logins,
            Events events,
            Diagnosis diagnosis,
            NameResolver resolver,
            Random random,
            boolean proving,
            @Nullable ConnectSteps steps,
            Duration budget) {
        this.plan = plan;
        this.logins = logins;
        this.events = events;
        this.diagnosis = diagnosis;
        this.resolver = resolver;
        this.random = random;
        this.proving = proving;
        this.steps = steps;
        this.whole = Deadline.in(plan.bounded(budget));
    }

    public PhysicalConnection run() throws ConnectionFailedException {
        return run(plan.hosts());
    }

    /** @param all the servers to try */
    public PhysicalConnection run(List<HostAndPort> all) throws ConnectionFailedException {
        List<HostAndPort> servers = all;
        if (plan.isShuffled() && servers.size() > 1) {
            servers = new ArrayList<>(servers);
            Collections.shuffle(servers, random);
        }
        long begin = System.nanoTime();
        for (int i = 0; i < servers.size(); i++) {
            begin = System.nanoTime();
            try {
                Logins.Login login = reach(servers.get(i), whole.shareOf(servers.size() - i, plan.connectTimeout()));
                if (!login.connection().isSecondChoice()) {
                    discardFallback();
                    return opened(login, begin);
                }
                discardFallback();
                fallback = login;
            } catch (ServerFailedException failed) {
                failures.add(failed.failure());
                if (failed.failure().isFinal()) {
                    break;
                }
            }
        }
        if (fallback != null) {
            return opened(fallback, begin);
        }
        throw FailureMessage.exception(failures);
    }

    private PhysicalConnection opened(Logins.Login login, long begin) {
        events.opened(login.connection(), login.generation(), since(begin));
        return login.connection();
    }

    private void discardFallback() {
        if (fallback != null) {
            fallback.connection().discard();
            fallback = null;
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private Logins.Login reach(HostAndPort server, Deadline share) throws ServerFailedException {
        long begin = System.nanoTime();
        CredentialsSet set;
        InetAddress[] addresses;
        try {
            if (share.hasPassed()) {
                throw new ServerFailedException(diagnosis.noTimeLeft(server));
            }
            set = logins.worthTrying(server, whole);
            addresses = resolve(server, share);
        } catch (ServerFailedException failed) {
            if (!failed.isRemembered()) {
                events.failed(failed.failure(), since(begin));
            }
            throw failed;
        }
        ServerFailedException first = null;
        for (int i = 0; i < addresses.length; i++) {
            InetAddress address = addresses[i];
            int left = addresses.length - i;
            Deadline deadline = left == 1 ? share : share.shareOf(left, plan.connectTimeout());
            try {
                return logins.open(
                        server,
                        set,
                        new LoginLimits(proving, deadline, whole, plan.connectTimeout()),
                        new AddressLogin(server, address));
            } catch (ServerFailedException failed) {
                first = first == null ? failed : first;
                if (failed.failure().wasAnswered()) {
                    throw failed;
                }
            }
        }
        if (first == null) {
            throw new ServerFailedException(diagnosis.unresolved(server, new UnknownHostException(server.host())));
        }
        throw first;
    }

    private InetAddress[] resolve(HostAndPort server, Deadline share) throws ServerFailedException {
        long begin = System.nanoTime();
        try {
            InetAddress[] addresses = resolver.resolve(server.host(), share);
            if (steps != null) {
                steps.resolved(List.of(addresses), since(begin));
            }
            if (plan.isShuffled() && addresses.length > 1) {
                List<InetAddress> order = new ArrayList<>(List.of(addresses));
                Collections.shuffle(order, random);
                return order.toArray(new InetAddress[0]);
            }
            return addresses;
        } catch (UnknownHostException unknown) {
            throw new ServerFailedException(diagnosis.unresolved(server, unknown));
        } catch (TimeoutException late) {
            throw new ServerFailedException(diagnosis.unresolvedInTime(server, share.allowed(), late));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerFailedException(diagnosis.interrupted(server, interrupted));
        }
    }

    /** One login, by the steps of the SSL mode: allow may add TLS, prefer may do without it. */
    private PhysicalConnection login(HostAndPort server, InetAddress address, Candidate candidate, Deadline until)
            throws ServerFailedException {
        Encryption encryption = plan.firstEncryption();
        Attempt attempt = attempt(server, address, candidate, until, encryption);
        try {
            return connect(attempt, candidate);
        } catch (ServerFailedException failed) {
            Encryption other = otherwise(failed.failure(), attempt);
            if (other == null) {
                throw failed;
            }
            try {
                return connect(attempt(server, address, candidate, until, other), candidate);
            } catch (ServerFailedException again) {
                FailureKind kind = again.failure().kind();
                boolean newsless = kind == FailureKind.TLS_NOT_SUPPORTED || kind == FailureKind.NOT_ADMITTED;
                throw newsless ? failed : again;
            }
        }
    }

    private @Nullable Encryption otherwise(Failure failure, Attempt attempt) {
        if (plan.sslMode() == SslMode.ALLOW && failure.sqlState().equals("28000")) {
            return Encryption.ALWAYS;
        }
        // where the server refuses the login over TLS, or has no TLS, the driver itself goes on without
        boolean handshakeFailed = attempt.isTlsStarted() && failure.isAboutTls();
        return plan.sslMode() == SslMode.PREFER && handshakeFailed ? Encryption.NONE : null;
    }

    private Attempt attempt(
            HostAndPort server, InetAddress address, Candidate candidate, Deadline until, Encryption encryption) {
        Attempt attempt = new Attempt(server, address, until, encryption, plan.tls(), plan.keepAlive(), candidate);
        if (steps != null) {
            attempt.tell(steps);
        }
        return attempt;
    }

    private PhysicalConnection connect(Attempt attempt, Candidate candidate) throws ServerFailedException {
        long begin = System.nanoTime();
        PhysicalConnection connection = null;
        try {
            connection = PhysicalConnection.open(
                    attempt, plan.properties().forLogin(candidate.login().user(), attempt.encryption()));
            String is = ServerRole.mismatch(connection, plan.target());
            if (is != null && plan.target() == TargetServerType.PREFER_STANDBY) {
                connection.markSecondChoice();
            } else if (is != null) {
                throw failed(attempt, connection, diagnosis.wrongRole(attempt.server(), is), begin);
            }
            attempt.finish();
            connection.setNetworkTimeout(null, plan.socketTimeoutMillis());
            return connection;
        } catch (SQLException | IOException | RuntimeException thrown) {
            Exception told = Echo.removed(
                    thrown,
                    candidate.login().password(),
                    candidate.login().user(),
                    plan.databaseName(),
                    attempt.server().host());
            throw failed(
                    attempt, connection, diagnosis.of(attempt, candidate.login().user(), told), begin);
        } catch (Error broken) {
            // a class that is missing, say: neither the socket nor the credentials stay behind on this thread
            attempt.abandon();
            throw broken;
        }
    }

    private ServerFailedException failed(
            Attempt attempt, @Nullable PhysicalConnection connection, Failure failure, long begin) {
        if (connection != null) {
            connection.discard();
        }
        attempt.abandon();
        events.failed(failure, since(begin));
        return new ServerFailedException(failure);
    }

    /** Not a lambda: the first connect of a process would pay for it. */
    private final class AddressLogin implements Logins.Connect {

        private final HostAndPort server;
        private final InetAddress address;

        AddressLogin(HostAndPort server, InetAddress address) {
            this.server = server;
            this.address = address;
        }

        @Override
        public PhysicalConnection with(Candidate candidate, Deadline until) throws ServerFailedException {
            return login(server, address, candidate, until);
        }
    }
}
