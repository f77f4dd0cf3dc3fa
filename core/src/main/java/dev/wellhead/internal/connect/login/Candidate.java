package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.connect.driver.LoginSource;
import dev.wellhead.internal.connect.net.Deadline;
import java.time.Duration;

/**
 * The login of one connect, whose password is decided when the server asks for it. When many connect at once after a
 * rotation, the first refusal is known by then to most of them: they wait for the refresh that it began, and present
 * what that finds to the server that is already waiting. Used on one thread.
 */
public final class Candidate implements LoginSource {

    private final CredentialsProvider provider;
    private final LoginMemory memory;
    private final LoginTarget target;
    private final boolean proving;
    private final Deadline deadline;
    private CredentialsSet set;
    private Credentials login;

    /**
     * @param proving whether this very login is on trial
     * @param deadline of the connect
     */
    public Candidate(
            CredentialsProvider provider,
            LoginMemory memory,
            LoginTarget target,
            boolean proving,
            Deadline deadline,
            CredentialsSet set,
            Credentials login) {
        this.provider = provider;
        this.memory = memory;
        this.target = target;
        this.proving = proving;
        this.deadline = deadline;
        this.set = set;
        this.login = login;
    }

    /** The set that the login is from. */
    public CredentialsSet set() {
        return set;
    }

    /** The login as decided so far. */
    @Override
    public Credentials login() {
        return login;
    }

    /** The login for a server that asks for the password now; of the same user, whom the server already knows. */
    @Override
    public Credentials loginWhenAsked() {
        if (!proving && memory.isOutdated(set, login)) {
            try {
                // the other half is for the login itself
                Duration half = Duration.ofNanos(Math.max(1, deadline.remainingNanos() / 2));
                take(provider.refresh(set, target, half));
            } catch (CredentialsException failed) {
                // then the server has the word on the login at hand, and whoever handles that refreshes again
                return login;
            }
        }
        return login;
    }

    private void take(CredentialsSet newer) {
        if (newer.generation() == set.generation()) {
            return;
        }
        for (Credentials other : memory.order(newer, false)) {
            if (other.user().equals(login.user()) && !contains(set, other)) {
                set = newer;
                login = other;
                return;
            }
        }
    }

    private static boolean contains(CredentialsSet refused, Credentials login) {
        for (Credentials other : refused.candidates()) {
            if (other.sameLogin(login)) {
                return true;
            }
        }
        return false;
    }
}
