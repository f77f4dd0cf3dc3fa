package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Gives RDS IAM authentication tokens, one per server: signed on this machine without a call to RDS, kept while they
 * are good, renewed when the server refuses one. Sessions outlive the token that opened them. Source: Amazon RDS User
 * Guide, "IAM database authentication".
 */
final class IamTokens implements CredentialsProvider {

    /** A refusal has other causes than the token too: the pause between two new ones grows while they are refused. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 5;

    private final String user;
    private final TokenSigning signing;
    private final TokenMessages messages;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LoginTarget, SignedToken> tokens = new HashMap<>();
    private long generation;
    private int refusedInARow;

    /**
     * @param identities what signs; closed with this
     * @param clock for expiry and for the date of the signature
     */
    IamTokens(String user, SigningRegion region, AwsCredentialsProvider identities, Clock clock) {
        this.user = user;
        this.messages = new TokenMessages(user, region.variable());
        this.signing = new TokenSigning(user, region, identities, messages, clock);
        this.clock = clock;
    }

    @Override
    public String description() {
        return "RDS IAM authentication";
    }

    @Override
    public boolean prepare() {
        return signing.prepare();
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        long mine;
        lock.lock();
        try {
            SignedToken token = tokens.get(target);
            if (token != null && token.isGoodAt(clock.instant())) {
                return set(generation, token);
            }
            // a token that merely expired is the same candidate again: only a refusal begins another generation
            mine = generation;
        } finally {
            lock.unlock();
        }
        return keep(target, signing.sign(target, mine, budget));
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        long mine;
        lock.lock();
        try {
            SignedToken token = tokens.get(target);
            if (token != null && token.generation() > refused.generation()) {
                return set(generation, token);
            }
            if (token != null && token.isYoungerThan(pause(), clock.instant())) {
                return set(refused.generation(), token);
            }
            // it begins when there is a token for it: others who are refused now mean the same one
            mine = Math.max(generation, refused.generation()) + 1;
        } finally {
            lock.unlock();
        }
        return keep(target, signing.sign(target, mine, budget));
    }

    @Override
    public void accepted(CredentialsSet set, Credentials candidate) {
        lock.lock();
        try {
            refusedInARow = 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<String> adviceOnRefusal(CredentialsSet refused, LoginTarget target) {
        lock.lock();
        try {
            SignedToken token = tokens.get(target);
            return token == null ? List.of() : messages.refused(target, token);
        } finally {
            lock.unlock();
        }
    }

    /** {@return false: a token that was renewed is no rotation, and sessions outlive theirs} */
    @Override
    public boolean canChange() {
        return false;
    }

    @Override
    public void close() {
        signing.close();
    }

    private Duration pause() {
        Duration grown = SHORTEST_PAUSE.multipliedBy(1L << Math.min(refusedInARow, MOST_DOUBLINGS));
        return grown.compareTo(LONGEST_PAUSE) < 0 ? grown : LONGEST_PAUSE;
    }

    private CredentialsSet keep(LoginTarget target, SignedToken token) {
        lock.lock();
        try {
            SignedToken kept = tokens.get(target);
            if (kept == null || kept.generation() <= token.generation()) {
                tokens.put(target, token);
            }
            if (token.generation() > generation) {
                generation = token.generation();
                refusedInARow++;
            }
            return set(token.generation(), token);
        } finally {
            lock.unlock();
        }
    }

    private CredentialsSet set(long of, SignedToken token) {
        return CredentialsSet.of(of, List.of(Credentials.of(user, token.text(), "token")));
    }
}
