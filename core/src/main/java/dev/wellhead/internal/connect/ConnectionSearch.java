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
import dev.wellhead.spi.FailureKind;
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
 * One search for a connection: tries the servers one after the other, and each address of a server, until one accepts
 * the login. Each server and each address gets an equal share of the time that remains. One that does not answer
 * quickly is tried again after the others. Used once, on one thread.
 */
final class ConnectionSearch {

    /**
     * @param secondChoice whether the server can be used, and another role is preferred
     * @param begin when the attempt on this server began
     */
    private record Found(Logins.Login login, boolean secondChoice, long begin) {}

    /**
     * If there are other servers or addresses to try, one that has sent nothing for this long is tried again after
     * them. Two round trips around the world and a repeated SYN (1 s on Linux) would take longer.
     */
    private static final Duration QUICK_ANSWER = Duration.ofSeconds(1);

    private final ConnectSetup setup;
    private final boolean proving;
    private final @Nullable ConnectSteps steps;
    private final Deadline whole;
    private final Duration connectTimeout;
    private final boolean shuffled;
    private final CredentialsTime credentialsTime;
    private final List<ServerFailure> failures = new ArrayList<>(1);
    private @Nullable Found secondChoice;

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
        return run(setup.settings().hosts(), setup.reader().fallback());
    }

    /** @param fallback the servers to try if none of the configured ones can be used */
    PhysicalConnection run(List<HostAndPort> configured, List<HostAndPort> fallback) throws ConnectionFailedException {
        try {
            Found found = search(new Turns<>(inOrder(configured), fallback, setup.silent()));
            if (found == null) {
                throw FailureMessage.exception(failures);
            }
            if (found.secondChoice()) {
                secondChoice = null;
            }
            return announced(found);
        } finally {
            discardSecondChoice();
        }
    }

    /** Returns the server to use; null if none can be used. */
    private @Nullable Found search(Turns<HostAndPort> turns) {
        while (turns.hasListed() || (secondChoice == null && turns.left() > 0)) {
            Deadline share = whole.shareOf(turns.left(), connectTimeout);
            HostAndPort server = turns.next();
            if (share.hasPassed() && hasFailed(server)) {
                continue;
            }
            try {
                Found found = tryServer(server, share, turns.isQuick());
                if (!found.secondChoice()) {
                    return found;
                }
                discardSecondChoice();
                secondChoice = found;
            } catch (ServerFailedException failed) {
                add(credentialsTime.explain(failed.failure()));
                if (failed.endsSearch()) {
                    break;
                }
                if (isSilence(failed) && turns.isQuick()) {
                    turns.postpone(server);
                }
            }
        }
        return secondChoice;
    }

    /** Closes the connection to the second choice, if there is one that is not used. */
    private void discardSecondChoice() {
        Found found = secondChoice;
        if (found != null) {
            found.login().connection().discard();
        }
    }

    /** Adds a failure. It replaces an earlier one of the same server. */
    private void add(ServerFailure failure) {
        for (int i = 0; i < failures.size(); i++) {
            if (failures.get(i).server().equals(failure.server())) {
                failures.set(i, failure);
                return;
            }
        }
        failures.add(failure);
    }

    private boolean hasFailed(HostAndPort server) {
        for (ServerFailure failure : failures) {
            if (failure.server().equals(server)) {
                return true;
            }
        }
        return false;
    }

    /** {@return how long a server may be silent before the others are tried} */
    private static Duration quick(Deadline share) {
        Duration half = share.remaining().dividedBy(2);
        return half.compareTo(QUICK_ANSWER) < 0 ? half : QUICK_ANSWER;
    }

    /** {@return whether the server did not answer} A server that refuses the connection answers. */
    private static boolean isSilence(ServerFailedException failed) {
        return failed.failure().kind() == FailureKind.TIMED_OUT;
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

    /** @param quick whether the server is tried again after the others if it does not answer quickly */
    private Found tryServer(HostAndPort server, Deadline share, boolean quick) throws ServerFailedException {
        long begin = System.nanoTime();
        CredentialsSet credentials;
        List<InetAddress> addresses;
        try {
            if (share.hasPassed()) {
                throw new ServerFailedException(setup.diagnosis().noTimeLeft(server));
            }
            credentials = setup.logins().worthTrying(server, whole);
            credentialsTime.addSince(begin);
            addresses = inOrder(resolve(server, quick ? share.shareOf(1, quick(share)) : share));
            if (addresses.isEmpty()) {
                throw unresolved(server, new UnknownHostException(server.host()));
            }
        } catch (ServerFailedException failed) {
            if (!failed.isRemembered()) {
                setup.events().failed(failed.failure(), since(begin));
            }
            throw failed;
        }
        ServerAttempt attempt = new ServerAttempt(server, share, quick, begin);
        try {
            Found found = tryAddresses(attempt, addresses, credentials);
            setup.silent().answered(server);
            return found;
        } catch (ServerFailedException failed) {
            if (attempt.allSilent) {
                setup.silent().silent(server);
            } else {
                setup.silent().answered(server);
            }
            throw failed;
        }
    }

    private Found tryAddresses(ServerAttempt attempt, List<InetAddress> addresses, CredentialsSet credentials)
            throws ServerFailedException {
        Deadline share = attempt.share;
        List<ServerAddress> places = new ArrayList<>(addresses.size());
        for (int i = 0; i < addresses.size(); i++) {
            places.add(new ServerAddress(attempt.server, addresses.get(i)));
        }
        Turns<ServerAddress> turns = new Turns<>(places, List.of(), setup.silent());
        ServerFailedException first = null;
        do {
            Deadline deadline = turns.left() == 1 ? share : share.shareOf(turns.left(), connectTimeout);
            ServerAddress address = turns.next();
            boolean quick = attempt.quick || turns.isQuick();
            Duration longestSilence = quick ? quick(deadline) : connectTimeout;
            ServerLogin login = new ServerLogin(setup, address, longestSilence, steps);
            try {
                Logins.Limits limits = new Logins.Limits(proving, deadline, whole, connectTimeout, credentialsTime);
                Logins.Login opened = setup.logins().open(attempt.server, credentials, limits, login);
                setup.silent().answered(address);
                return new Found(opened, login.isSecondChoice(), attempt.begin);
            } catch (ServerFailedException failed) {
                attempt.allSilent &= isSilence(failed);
                if (failed.isAnswerOfServer()) {
                    throw failed;
                }
                if (isSilence(failed)) {
                    setup.silent().silent(address);
                    if (turns.isQuick() && !attempt.quick) {
                        turns.postpone(address);
                    }
                }
                first = first == null ? failed : first;
            }
        } while (turns.left() > 0 && !share.hasPassed());
        throw first;
    }

    /** The attempt on one server. */
    private static final class ServerAttempt {

        final HostAndPort server;
        final Deadline share;
        final boolean quick;
        final long begin;
        boolean allSilent = true;

        ServerAttempt(HostAndPort server, Deadline share, boolean quick, long begin) {
            this.server = server;
            this.share = share;
            this.quick = quick;
            this.begin = begin;
        }
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
