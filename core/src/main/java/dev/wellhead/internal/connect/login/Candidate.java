package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.connect.driver.LoginSource;
import dev.wellhead.internal.connect.net.Deadline;
import java.time.Duration;

/**
 * The login of one connect. Its password is decided when the server requests it: if many connections open together
 * after a rotation, most of them can use the refresh that the first refusal started. Used on one thread.
 */
public final class Candidate implements LoginSource {

    private final LoginContext context;
    private final LoginTarget server;
    private final boolean proving;
    private final Deadline deadline;
    private CredentialsSet set;
    private Credentials login;

    /**
     * @param proving whether exactly this login has to be tried
     * @param deadline of the connect
     */
    Candidate(
            LoginContext context,
            LoginTarget server,
            boolean proving,
            Deadline deadline,
            CredentialsSet set,
            Credentials login) {
        this.context = context;
        this.server = server;
        this.proving = proving;
        this.deadline = deadline;
        this.set = set;
        this.login = login;
    }

    /** {@return the set that the login was chosen from} */
    CredentialsSet set() {
        return set;
    }

    /** {@return the login as decided so far} */
    public Credentials login() {
        return login;
    }

    @Override
    public Credentials loginWhenAsked() {
        if (!proving && context.isOutdated(set, login)) {
            try {
                // the other half of the time is for the login itself
                Duration half = Duration.ofNanos(Math.max(1, deadline.remainingNanos() / 2));
                useNewer(context.provider().refresh(set, server, half));
            } catch (CredentialsException failed) {
                // The server decides on the present login. If it refuses, the refresh is repeated and its failure
                // reported.
                return login;
            }
        }
        return login;
    }

    private void useNewer(CredentialsSet newer) {
        if (newer.generation() == set.generation()) {
            return;
        }
        for (Credentials other : context.memory().order(newer, server)) {
            if (other.user().equals(login.user()) && !LoginMemory.isAmong(set.candidates(), other)) {
                set = newer;
                login = other;
                return;
            }
        }
    }
}
