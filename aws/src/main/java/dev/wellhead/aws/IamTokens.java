package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Makes RDS IAM authentication tokens. A token is signed on this machine, without a call; it opens sessions for 15
 * minutes and sessions that are open outlive it. One is kept for 14.5 minutes, or until the session that signed it
 * expires, whichever is sooner. Source: Amazon RDS User Guide, "IAM database authentication".
 */
final class IamTokens implements CredentialsProvider {

    private static final Duration KEPT = Duration.ofSeconds(870);

    /** A refused token is answered with a new one, but a refusal has other causes too: not more often than this. */
    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(1);

    private final String user;
    private final @Nullable String configuredRegion;
    private final String regionVariable;
    private final AwsCredentialsProvider identities;
    private final TokenSigner signer;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LoginTarget, Token> tokens = new HashMap<>();
    private long generation;

    /** @param clock for expiry and for the date of the signature */
    IamTokens(
            String user,
            @Nullable String configuredRegion,
            String regionVariable,
            AwsCredentialsProvider identities,
            Clock clock) {
        this.user = user;
        this.configuredRegion = configuredRegion;
        this.regionVariable = regionVariable;
        this.identities = identities;
        this.signer = new TokenSigner(clock);
        this.clock = clock;
    }

    @Override
    public String description() {
        return "RDS IAM authentication";
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        lock.lock();
        try {
            Token token = tokens.get(target);
            if (token == null || !clock.instant().isBefore(token.goodUntil)) {
                token = sign(target);
            }
            return token.set;
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
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        lock.lock();
        try {
            Token token = tokens.get(target);
            if (token == null
                    || (token.set.generation() <= refused.generation()
                            && !clock.instant().isBefore(token.signedAt.plus(BETWEEN_RENEWALS)))) {
                generation++;
                token = sign(target);
            }
            return token.set;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        if (identities instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("The AWS credentials chain did not close.", e);
            }
        }
    }

    private Token sign(LoginTarget target) throws CredentialsException {
        AwsCredentialsIdentity identity;
        try {
            identity = identities.resolveCredentials();
        } catch (SdkException e) {
            StoreException none = StoreErrors.ofIdentity(e);
            throw new CredentialsException(
                    "No authentication token could be signed for user '" + user + "'. " + none.getMessage(), e);
        }
        String region = AwsRegion.ofHost(target.host(), configuredRegion, regionVariable);
        Instant now = clock.instant();
        String text = signer.sign(target, user, region, identity);
        // a token that merely expired is the same candidate again: only a refusal asks for another generation
        CredentialsSet set = CredentialsSet.of(generation, List.of(Credentials.of(user, text, "token")));
        Instant goodUntil = now.plus(KEPT);
        Instant sessionEnds = identity.expirationTime().orElse(Instant.MAX);
        Token token = new Token(set, now, goodUntil.isBefore(sessionEnds) ? goodUntil : sessionEnds);
        tokens.put(target, token);
        return token;
    }

    private static final class Token {
        private final CredentialsSet set;
        private final Instant signedAt;
        private final Instant goodUntil;

        Token(CredentialsSet set, Instant signedAt, Instant goodUntil) {
            this.set = set;
            this.signedAt = signedAt;
            this.goodUntil = goodUntil;
        }
    }
}
