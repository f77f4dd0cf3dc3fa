package dev.wellhead.internal.connect;

import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.connect.failure.FailureMessage;
import dev.wellhead.internal.connect.failure.ServerFailedException;
import dev.wellhead.internal.connect.login.CredentialsTime;
import dev.wellhead.internal.connect.login.Logins;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.LoadBalanceHosts;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.ServerFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One search for a connection: tries the servers one after the other, and each address of a server, until one accepts the
 * login. Each server and each address gets an equal share of the time that remains. Used once, on one thread.
 */
final class ConnectionSearch {

    /**
     * @param secondChoice whether a standby is preferred and this is a primary
     * @param begin when the attempt on this server began
     */
    private record Found(Logins.Login login, boolean secondChoice, long begin) {}

    private final ConnectSetup setup;
    private final boolean proving;
    private final @Nullable ConnectSteps steps;
    private final Deadline whole;
    private final Duration connectTimeout;
    private final boolean shuffled;
    private final CredentialsTime credentialsTime;
    private final List<ServerFailure> failures = new ArrayList<>(1);

    /**
     * @param proving whether only the first candidate of the current credentials is tried
     * @param steps is notified of the progress; null if nothing needs it
     * @param budget the longest that the search may take
     * @param spent the time that the caller has spent on getting the credentials
     */
    ConnectionSearch(
            ConnectSetup setup, boolean proving, @Nullable ConnectSteps steps, Duration budget, Duration spent) {
        this.setup = setup;
        this.proving = proving;
        this.steps = steps;
        DatabaseSettings settings = setup.settings();
        Duration longest = Deadline.attemptBudget(settings.get(Settings.CONNECTION_TIMEOUT));
        this.whole = Deadline.in(budget.compareTo(longest) < 0 ? budget : longest);
        this.connectTimeout = settings.get(Settings.CONNECT_TIMEOUT);
        this.credentialsTime = setup.logins().credentialsTime(settings, spent, whole.allowed());
        this.shuffled = settings.get(Settings.LOAD_BALANCE_HOSTS) == LoadBalanceHosts.RANDOM;
    }

    PhysicalConnection run() throws ConnectionFailedException {
        return run(setup.settings().hosts());
    }

    PhysicalConnection run(List<HostAndPort> configured) throws ConnectionFailedException {
        List<HostAndPort> servers = inOrder(configured);
        Found fallback = null;
        for (int i = 0; i < servers.size(); i++) {
            Deadline share = whole.shareOf(servers.size() - i, connectTimeout);
            try {
                Found found = tryServer(servers.get(i), share);
                if (fallback != null) {
                    fallback.login().connection().discard();
                }
                if (!found.secondChoice()) {
                    return announced(found);
                }
                fallback = found;
            } catch (ServerFailedException failed) {
                failures.add(credentialsTime.explain(failed.failure()));
                if (failed.endsSearch()) {
                    break;
                }
            }
        }
        if (fallback != null) {
            return announced(fallback);
        }
        throw FailureMessage.exception(failures);
    }

    private <T> List<T> inOrder(List<T> configured) {
        if (configured.size() == 1 || !shuffled) {
            return configured;
        }
        List<T> order = new ArrayList<>(configured);
        Collections.shuffle(order, setup.random());
        return order;
    }

    private PhysicalConnection announced(Found found) {
        PhysicalConnection connection = found.login().connection();
        setup.events().opened(connection, found.login().generation(), since(found.begin()));
        return connection;
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private Found tryServer(HostAndPort server, Deadline share) throws ServerFailedException {
        long begin = System.nanoTime();
        CredentialsSet credentials;
        List<InetAddress> addresses;
        try {
            if (share.hasPassed()) {
                throw new ServerFailedException(setup.diagnosis().noTimeLeft(server));
            }
            credentials = setup.logins().worthTrying(server, whole);
            credentialsTime.addSince(begin);
            addresses = inOrder(resolve(server, share));
        } catch (ServerFailedException failed) {
            if (!failed.isRemembered()) {
                setup.events().failed(failed.failure(), since(begin));
            }
            throw failed;
        }
        ServerFailedException first = null;
        for (int i = 0; i < addresses.size(); i++) {
            int left = addresses.size() - i;
            Deadline deadline = left == 1 ? share : share.shareOf(left, connectTimeout);
            ServerLogin login = new ServerLogin(setup, new ServerAddress(server, addresses.get(i)), steps);
            try {
                Logins.Limits limits = new Logins.Limits(proving, deadline, whole, connectTimeout, credentialsTime);
                Logins.Login opened = setup.logins().open(server, credentials, limits, login);
                return new Found(opened, login.isSecondChoice(), begin);
            } catch (ServerFailedException failed) {
                if (failed.isAnswerOfServer()) {
                    throw failed;
                }
                first = first == null ? failed : first;
            }
        }
        throw first == null ? unresolved(server, new UnknownHostException(server.host())) : first;
    }

    private List<InetAddress> resolve(HostAndPort server, Deadline share) throws ServerFailedException {
        long begin = System.nanoTime();
        try {
            List<InetAddress> addresses = Arrays.asList(setup.resolver().resolve(server.host(), share));
            if (steps != null) {
                steps.resolved(List.copyOf(addresses), since(begin));
            }
            return addresses;
        } catch (UnknownHostException unknown) {
            throw unresolved(server, unknown);
        } catch (TimeoutException late) {
            throw new ServerFailedException(setup.diagnosis().unresolvedInTime(server, share.allowed(), late));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerFailedException(setup.diagnosis().interrupted(server, interrupted));
        }
    }

    private ServerFailedException unresolved(HostAndPort server, UnknownHostException unknown) {
        return new ServerFailedException(setup.diagnosis().unresolved(server, unknown));
    }
}
