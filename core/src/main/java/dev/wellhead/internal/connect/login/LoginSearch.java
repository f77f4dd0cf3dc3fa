package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
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

    private final CredentialsProvider provider;
    private final LoginTarget server;
    private final Duration budget;
    private final LoginCheck check;
    private final LoginMemory memory = new LoginMemory();
    private final ProofSchedule proofs = new ProofSchedule();

    /** @param budget the longest time that one search takes, apart from the last answer of the server */
    public LoginSearch(CredentialsProvider provider, LoginTarget server, Duration budget, LoginCheck check) {
        this.provider = provider;
        this.server = server;
        this.budget = budget;
        this.check = check;
    }

    /**
     * A login to use.
     *
     * @param generation the generation of the credentials; it grows when the server accepts a new login
     * @param proven whether the server has accepted this login now
     */
    public record Found(Credentials login, long generation, boolean proven) {}

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
        CredentialsSet set = provider.current(server, budget);
        List<Credentials> refused = new ArrayList<>(2);
        Found found = accepted(set, refused);
        while (found == null) {
            CredentialsSet newer = newer(set, deadline);
            if (newer.generation() == set.generation()) {
                throw refusal(set, null);
            }
            set = newer;
            found = accepted(set, refused);
        }
        return found;
    }

    /** {@return the first candidate that the server accepts; null if it refuses all of them} */
    private @Nullable Found accepted(CredentialsSet set, List<Credentials> refused) {
        for (Credentials login : memory.order(set, server)) {
            LoginCheck.Answer answer =
                    LoginMemory.isAmong(refused, login) ? LoginCheck.Answer.REFUSED : check.of(login);
            if (answer == LoginCheck.Answer.UNKNOWN) {
                // the connection that needs the login fails too, and reports the reason
                return new Found(login, set.generation(), false);
            }
            if (answer == LoginCheck.Answer.ACCEPTED) {
                return accepted(set, login, refused);
            }
            refused.add(login);
            memory.refused(login, server);
        }
        return null;
    }

    private Found accepted(CredentialsSet set, Credentials login, List<Credentials> refused) {
        return new Found(login, memory.accepted(set, login, server, refused).generation(), true);
    }

    private CredentialsSet newer(CredentialsSet refused, long deadline) throws CredentialsException {
        long left = Math.max(1, deadline - System.nanoTime());
        try {
            return provider.refresh(refused, server, Duration.ofNanos(left));
        } catch (CredentialsException failed) {
            throw refusal(refused, failed);
        }
    }

    private CredentialsException refusal(CredentialsSet refused, @Nullable CredentialsException failed) {
        List<String> fixes = new ArrayList<>(provider.adviceOnRefusal(refused, server));
        if (failed != null) {
            fixes.add("The refresh of the credentials failed: " + failed.getMessage());
        }
        return new CredentialsException(
                "The server " + server.host() + ":" + server.port() + " refused the credentials from "
                        + provider.description() + ".",
                String.join(" ", fixes),
                failed);
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
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        if (!memory.needsProof(set)) {
            return null;
        }
        proofs.begin(set.generation(), 0, now);
        if (!isAsked && !proofs.isDue(now)) {
            return null;
        }
        LoginCheck.Answer answer = check.of(first);
        if (answer == LoginCheck.Answer.ACCEPTED) {
            return accepted(set, first, List.of());
        }
        if (proofs.failed(now) && answer == LoginCheck.Answer.REFUSED) {
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
