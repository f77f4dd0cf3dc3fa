package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.connect.failure.Diagnosis;
import dev.wellhead.internal.connect.failure.ServerFailedException;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the candidates of a credentials provider on one address until one is accepted: those at hand, then what a
 * refresh finds. A set that was refused is not tried on the server again until something changed or its hold-off passed.
 */
public final class Logins {

    /** Opens a connection with one login. */
    @FunctionalInterface
    public interface Connect {
        PhysicalConnection with(Candidate candidate, Deadline deadline) throws ServerFailedException;
    }

    /**
     * A connection with the number of its login.
     *
     * @param connection open
     * @param generation the generation in which its login was first accepted
     */
    public record Login(PhysicalConnection connection, long generation) {}

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CredentialsProvider provider;
    private final LoginMemory memory;
    private final Diagnosis diagnosis;

    public Logins(CredentialsProvider provider, LoginMemory memory, Diagnosis diagnosis) {
        this.provider = provider;
        this.memory = memory;
        this.diagnosis = diagnosis;
    }

    public LoginMemory memory() {
        return memory;
    }

    /** The set to try on {@code server}: the current one, unless its refusal still stands and nothing newer is there. */
    public CredentialsSet worthTrying(HostAndPort server, Deadline whole) throws ServerFailedException {
        LoginTarget target = new LoginTarget(server.host(), server.port());
        CredentialsSet set;
        try {
            set = provider.current(target, whole.remaining());
        } catch (CredentialsException none) {
            throw new ServerFailedException(diagnosis.noCredentials(server, none));
        }
        LoginMemory.Refusal standing = memory.standing(set);
        if (standing == null) {
            return set;
        }
        ServerFailure refusal = fromMemory(standing);
        try {
            CredentialsSet newer = whole.hasPassed() ? set : provider.refresh(set, target, whole.remaining());
            if (newer.generation() != set.generation()) {
                return newer;
            }
        } catch (CredentialsException failed) {
            refusal = explained(refusal, failed);
        }
        throw ServerFailedException.remembered(refusal);
    }

    private ServerFailure fromMemory(LoginMemory.Refusal standing) {
        long ago = memory.nanoTime() - standing.atNanos();
        List<String> fixes = new ArrayList<>(standing.failure().fixes());
        fixes.add("The server refused the same credentials " + ago / NANOS_PER_MILLI + " ms ago; it is asked again in "
                + (standing.holdOffNanos() - ago) / NANOS_PER_MILLI + " ms, or when they change.");
        return standing.failure().withFixes(fixes);
    }

    /**
     * @param set what to try first
     * @param proving the first candidate alone, not the login that last worked first; its refusal is not remembered and
     *     asks for no refresh, since other candidates go on working
     * @param deadline for the candidates at hand
     * @param whole for everything, a refresh and what it finds included
     */
    public Login open(
            HostAndPort server,
            CredentialsSet set,
            boolean proving,
            Deadline deadline,
            Deadline whole,
            Duration connectTimeout,
            Connect connect)
            throws ServerFailedException {
        List<Credentials> tried = new ArrayList<>(2);
        CredentialsSet trying = set;
        Deadline bounded = deadline;
        ServerFailure refusal = null;
        while (true) {
            Credentials next = untried(trying, tried, proving);
            if (next != null) {
                LoginTarget target = new LoginTarget(server.host(), server.port());
                Candidate candidate = new Candidate(provider, memory, target, proving, bounded, trying, next);
                try {
                    PhysicalConnection connection = connect.with(candidate, bounded);
                    memory.passedOver(candidate.set(), tried);
                    return accepted(candidate.set(), candidate.login(), connection);
                } catch (ServerFailedException failed) {
                    if (failed.failure().kind() != FailureKind.CREDENTIALS_REFUSED) {
                        throw failed;
                    }
                    tried.add(candidate.login());
                    trying = candidate.set();
                    refusal = refusal == null ? advised(failed.failure(), trying, server) : refusal;
                }
                continue;
            }
            ServerFailure refused = Objects.requireNonNull(refusal, "a set has candidates");
            if (proving) {
                throw new ServerFailedException(refused);
            }
            trying = newer(server, trying, whole, refused);
            bounded = whole.shareOf(1, connectTimeout);
        }
    }

    private ServerFailure advised(ServerFailure refusal, CredentialsSet refused, HostAndPort server) {
        List<String> advice = provider.adviceOnRefusal(refused, new LoginTarget(server.host(), server.port()));
        return advice.isEmpty() ? refusal : refusal.withFixes(advice);
    }

    private @Nullable Credentials untried(CredentialsSet set, List<Credentials> tried, boolean proving) {
        List<Credentials> candidates = memory.order(set, proving);
        for (Credentials candidate : proving ? candidates.subList(0, 1) : candidates) {
            if (!isAmong(tried, candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean isAmong(List<Credentials> tried, Credentials candidate) {
        for (Credentials other : tried) {
            if (other.sameLogin(candidate)) {
                return true;
            }
        }
        return false;
    }

    private Login accepted(CredentialsSet set, Credentials candidate, PhysicalConnection connection) {
        LoginMemory.Accepted accepted = memory.accepted(set, candidate);
        if (accepted.first()) {
            try {
                provider.accepted(set, candidate);
            } catch (RuntimeException broken) {
                // a provider of somebody else's must not cost a connection that is open
                Log.LOG.warn("{} failed when told that its credentials work.", provider.description(), broken);
            }
        }
        return new Login(connection, accepted.number());
    }

    private CredentialsSet newer(HostAndPort server, CredentialsSet refused, Deadline whole, ServerFailure refusal)
            throws ServerFailedException {
        memory.refused(refused, refusal);
        ServerFailure told = refusal;
        if (!whole.hasPassed()) {
            try {
                CredentialsSet newer =
                        provider.refresh(refused, new LoginTarget(server.host(), server.port()), whole.remaining());
                if (newer.generation() != refused.generation() && !whole.hasPassed()) {
                    return newer;
                }
            } catch (CredentialsException failed) {
                Throwable cause = refusal.cause();
                if (cause != null) {
                    cause.addSuppressed(failed);
                }
                told = explained(refusal, failed);
            }
        }
        throw new ServerFailedException(told);
    }

    private static ServerFailure explained(ServerFailure refusal, CredentialsException failed) {
        List<String> fixes = new ArrayList<>(refusal.fixes());
        fixes.add("Looking for newer credentials failed: " + failed.getMessage());
        return refusal.withFixes(fixes);
    }

    private static final class Log {
        static final Logger LOG = LoggerFactory.getLogger(Logins.class);
    }
}
