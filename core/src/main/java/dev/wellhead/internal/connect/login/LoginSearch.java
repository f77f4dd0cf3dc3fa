package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.connect.failure.Advice;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Finds the login that the server accepts among the candidates of a provider, and refreshes them if the server refuses
 * all of them. For clients that connect on their own, so that a login has to be found before they do. Every method
 * blocks. Used on one thread.
 */
public final class LoginSearch {

    /** Asks the server whether it accepts a login. Blocks until the server has answered or a time-out has passed. */
    @FunctionalInterface
    public interface Check {
        Answer of(Credentials login);
    }

    /** The answer of the server. */
    public enum Answer {
        /** A connection was opened with the login. */
        ACCEPTED,
        /** The server refused the login. */
        REFUSED,
        /** There was no answer about the login: the server is not reachable, or is loading its data. */
        UNKNOWN
    }

    /**
     * A login to use.
     *
     * @param generation the generation of the credentials; it grows when the server accepts a new login
     * @param proven whether the server has accepted this login now
     */
    public record Found(Credentials login, long generation, boolean proven) {}

    private final CredentialsProvider provider;
    private final LoginTarget server;
    private final Duration budget;
    private final Advice advice;
    private final Check check;
    private final LoginMemory memory = new LoginMemory();
    private final ProofSchedule proofs = new ProofSchedule();

    /** @param settings with the server; connectTimeout limits one search, apart from the last answer of the server */
    public LoginSearch(DatabaseSettings settings, CredentialsProvider provider, Check check) {
        HostAndPort first = settings.hosts().get(0);
        this.provider = provider;
        this.server = new LoginTarget(first.host(), first.port());
        this.budget = settings.get(Settings.CONNECT_TIMEOUT);
        this.advice = new Advice(settings);
        this.check = check;
    }

    /** {@return the most likely login, which the server is not asked about} */
    public Found likely() throws CredentialsException {
        CredentialsSet set = provider.current(server, budget);
        return new Found(memory.order(set, server).get(0), set.generation(), false);
    }

    /**
     * {@return the first candidate that the server accepts, after a refresh if it refuses all of them} If the server
     * cannot be asked, the most likely candidate.
     *
     * @throws CredentialsException if the server refuses every candidate, and no newer ones are found in time
     */
    public Found accepted() throws CredentialsException {
        long deadline = System.nanoTime() + budget.toNanos();
        List<Credentials> refused = new ArrayList<>(2);
        CredentialsSet set = provider.current(server, budget);
        while (true) {
            for (Credentials login : memory.order(set, server)) {
                if (LoginMemory.isAmong(refused, login)) {
                    continue;
                }
                Answer answer = check.of(login);
                if (answer == Answer.UNKNOWN) {
                    // the connection that needs the login fails too, and reports the reason
                    return new Found(login, set.generation(), false);
                }
                if (answer == Answer.ACCEPTED) {
                    return accepted(set, login, refused);
                }
                refused.add(login);
                memory.refused(login, server);
            }
            set = newer(set, deadline);
        }
    }

    private Found accepted(CredentialsSet set, Credentials login, List<Credentials> refused) {
        return new Found(login, memory.accepted(set, login, server, refused).generation(), true);
    }

    private CredentialsSet newer(CredentialsSet refused, long deadline) throws CredentialsException {
        CredentialsException failure = null;
        try {
            long left = Math.max(1, deadline - System.nanoTime());
            CredentialsSet newer = provider.refresh(refused, server, Duration.ofNanos(left));
            if (newer.generation() != refused.generation()) {
                return newer;
            }
        } catch (CredentialsException failed) {
            failure = failed;
        }
        List<String> fixes = new ArrayList<>(provider.adviceOnRefusal(refused, server));
        if (fixes.isEmpty()) {
            fixes.add(advice.refusedPassword());
        }
        if (failure != null) {
            fixes.add("The refresh of the credentials failed: " + failure.getMessage());
        }
        throw new CredentialsException(
                "The server " + server.host() + ":" + server.port() + " refused the credentials from "
                        + provider.description() + ".",
                String.join(" ", fixes),
                failure);
    }

    /**
     * {@return a login that replaces the accepted one: a renewed token, or the first candidate of a new set after the
     * server has accepted it; null if the accepted one stays in use}
     *
     * @param isAsked whether the server is asked now, although it has refused the candidate recently
     */
    public @Nullable Found newerThanAccepted(boolean isAsked) throws CredentialsException {
        CredentialsSet set = provider.current(server, budget);
        Credentials first = set.candidates().get(0);
        if (!provider.canChange()) {
            return new Found(first, set.generation(), false);
        }
        if (!memory.needsProof(set)) {
            return null;
        }
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        proofs.begin(set.generation(), 0, now);
        if (!isAsked && !proofs.isDue(now)) {
            return null;
        }
        Answer answer = check.of(first);
        if (answer == Answer.ACCEPTED) {
            return accepted(set, first, List.of());
        }
        if (proofs.failed(now) && answer == Answer.REFUSED) {
            LoggerFactory.getLogger(LoginSearch.class)
                    .warn(
                            "The server {}:{} refuses the new credentials '{}' from {}. The accepted ones stay in use.",
                            server.host(),
                            server.port(),
                            first.label(),
                            provider.description());
        }
        return null;
    }
}
