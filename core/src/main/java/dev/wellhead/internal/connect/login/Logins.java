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
import dev.wellhead.internal.text.JsonShape;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tries the candidates of a credentials provider on one address until the server accepts one. If the server refuses all
 * of them, a refresh is requested from the provider. Thread-safe.
 */
public final class Logins {

    /** Opens a connection with one login. */
    @FunctionalInterface
    public interface Connect {
        PhysicalConnection with(Candidate candidate, Deadline deadline) throws ServerFailedException;
    }

    /**
     * An open connection.
     *
     * @param generation the number of its login's generation
     */
    public record Login(PhysicalConnection connection, long generation) {}

    /**
     * How far the logins of one attempt may go.
     *
     * @param proving whether to try only the first candidate. Its refusal is not remembered and causes no refresh,
     *     because other candidates still work
     * @param candidates the deadline for the candidates of the first set
     * @param whole the deadline of the attempt, including a refresh and the candidates it returns
     * @param connectTimeout the longest time for the candidates that a refresh returns
     * @param credentialsTime measures the refresh
     */
    public record Limits(
            boolean proving,
            Deadline candidates,
            Deadline whole,
            Duration connectTimeout,
            CredentialsTime credentialsTime) {}

    private final LoginContext context;
    private final CredentialsProvider provider;
    private final LoginMemory memory;
    private final Diagnosis diagnosis;

    public Logins(LoginContext context, Diagnosis diagnosis) {
        this.context = context;
        this.provider = context.provider();
        this.memory = context.memory();
        this.diagnosis = diagnosis;
    }

    /** {@return a measurement for one attempt} The parameters are those of {@link CredentialsTime}. */
    public CredentialsTime credentialsTime(DatabaseSettings settings, Duration spent, Duration remaining) {
        return new CredentialsTime(provider, settings, spent, remaining);
    }

    /** {@return the set to try on {@code server}} If the server refused the current set recently, only a newer one. */
    public CredentialsSet worthTrying(HostAndPort server, Deadline whole) throws ServerFailedException {
        LoginTarget target = target(server);
        CredentialsSet set;
        try {
            set = provider.current(target, whole.remaining());
        } catch (CredentialsException none) {
            throw new ServerFailedException(diagnosis.noCredentials(server, none));
        }
        ServerFailure refusal = context.holdOff().claim(set);
        if (refusal == null) {
            return set;
        }
        try {
            CredentialsSet newer = whole.hasPassed() ? set : provider.refresh(set, target, whole.remaining());
            if (newer.generation() != set.generation()) {
                return newer;
            }
        } catch (CredentialsException failed) {
            refusal = withRefreshFailure(refusal, failed);
        }
        throw ServerFailedException.remembered(refusal);
    }

    /**
     * {@return an open connection with the first login that the server accepts}
     *
     * @param set the candidates to try first
     */
    public Login open(HostAndPort server, CredentialsSet set, Limits limits, Connect connect)
            throws ServerFailedException {
        LoginTarget target = target(server);
        List<Credentials> refused = new ArrayList<>(2);
        CredentialsSet trying = set;
        Deadline deadline = limits.candidates();
        ServerFailure refusal = null;
        while (true) {
            Credentials next = untried(trying, target, refused, limits.proving());
            if (next == null) {
                trying = newer(target, trying, limits, Objects.requireNonNull(refusal, "a set has candidates"));
                deadline = limits.whole().shareOf(1, limits.connectTimeout());
                continue;
            }
            Candidate candidate = new Candidate(context, target, limits.proving(), deadline, trying, next);
            try {
                PhysicalConnection connection = connect.with(candidate, deadline);
                return new Login(connection, memory.placed(context.place(), accepted(candidate, target, refused)));
            } catch (ServerFailedException failed) {
                if (failed.failure().kind() != FailureKind.CREDENTIALS_REFUSED) {
                    if (failed.isLoginAccepted()) {
                        accepted(candidate, target, refused);
                    }
                    throw failed;
                }
                refused.add(candidate.login());
                memory.refused(candidate.login(), target);
                trying = candidate.set();
                refusal = refusal == null ? withAdvice(failed.failure(), candidate, target) : refusal;
            }
        }
    }

    private @Nullable Credentials untried(
            CredentialsSet set, LoginTarget target, List<Credentials> refused, boolean proving) {
        List<Credentials> order = proving ? set.candidates().subList(0, 1) : memory.order(set, target);
        for (Credentials login : order) {
            if (!LoginMemory.isAmong(refused, login)) {
                return login;
            }
        }
        return null;
    }

    /** {@return the generation of a login that the server has accepted} */
    private long accepted(Candidate candidate, LoginTarget target, List<Credentials> refused) {
        LoginMemory.Accepted accepted = memory.accepted(candidate.set(), candidate.login(), target, refused);
        context.holdOff().accepted();
        return accepted.generation();
    }

    private CredentialsSet newer(LoginTarget target, CredentialsSet refused, Limits limits, ServerFailure refusal)
            throws ServerFailedException {
        if (limits.proving()) {
            throw new ServerFailedException(refusal);
        }
        context.holdOff().refused(refused, refusal);
        ServerFailure reported = refusal;
        if (!limits.whole().hasPassed()) {
            long begin = System.nanoTime();
            try {
                CredentialsSet newer =
                        provider.refresh(refused, target, limits.whole().remaining());
                if (newer.generation() != refused.generation()
                        && !limits.whole().hasPassed()) {
                    return newer;
                }
            } catch (CredentialsException failed) {
                Throwable cause = refusal.cause();
                if (cause != null) {
                    cause.addSuppressed(failed);
                }
                reported = withRefreshFailure(refusal, failed);
            } finally {
                limits.credentialsTime().addSince(begin);
            }
        }
        throw new ServerFailedException(reported);
    }

    /** Adds the advice of the provider, and a warning if the password is probably not the one that was meant. */
    private ServerFailure withAdvice(ServerFailure refusal, Candidate refused, LoginTarget target) {
        List<String> advice = provider.adviceOnRefusal(refused.set(), target);
        String doubt = doubt(refused.login().password());
        if (advice.isEmpty() && doubt == null) {
            return refusal;
        }
        List<String> fixes = new ArrayList<>(advice.isEmpty() ? refusal.fixes() : advice);
        if (doubt != null) {
            fixes.add(0, doubt);
        }
        return refusal.withFixes(fixes);
    }

    private @Nullable String doubt(String password) {
        JsonShape shape = JsonShape.of(password);
        return shape == null || shape == JsonShape.STRING
                ? diagnosis.doubt(password)
                : "The password looks like " + shape.description()
                        + ", and all of it was sent as the password. Set only the password itself.";
    }

    private static ServerFailure withRefreshFailure(ServerFailure refusal, CredentialsException failed) {
        List<String> fixes = new ArrayList<>(refusal.fixes());
        fixes.add("The refresh of the credentials failed: " + failed.getMessage());
        return refusal.withFixes(fixes);
    }

    private static LoginTarget target(HostAndPort server) {
        return new LoginTarget(server.host(), server.port());
    }
}
