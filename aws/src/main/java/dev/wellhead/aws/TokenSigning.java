package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Signs tokens in the background: to find the credentials that sign, the SDK may ask the instance metadata, a container
 * agent or STS, and no caller waits for that longer than it can. Callers for the same server share one signing.
 */
final class TokenSigning {

    /** While all background threads are busy. */
    private static final long NO_THREAD_NANOS = Duration.ofMillis(20).toNanos();

    private final String user;
    private final SigningRegion region;
    private final AwsCredentialsProvider identities;
    private final TokenMessages messages;
    private final Clock clock;
    private final Map<LoginTarget, CompletableFuture<SignedToken>> underWay = new ConcurrentHashMap<>();

    TokenSigning(
            String user, SigningRegion region, AwsCredentialsProvider identities, TokenMessages messages, Clock clock) {
        this.user = user;
        this.region = region;
        this.identities = identities;
        this.messages = messages;
        this.clock = clock;
    }

    /** Finds the credentials ahead of time. {@return whether that was begun} */
    boolean prepare() {
        return Background.run(() -> {
            try {
                identities.resolveCredentials();
            } catch (RuntimeException e) {
                // the first login asks again and tells it
                LoggerFactory.getLogger(IamTokens.class).debug("No AWS credentials were found ahead of time.", e);
            }
        });
    }

    /**
     * {@return a new token, of the generation of whoever began to sign it}
     *
     * @param budget how long to wait
     */
    SignedToken sign(LoginTarget target, long generation, Duration budget) throws CredentialsException {
        long deadline = System.nanoTime() + budget.toNanos();
        try {
            while (true) {
                CompletableFuture<SignedToken> flight = underWay.computeIfAbsent(target, of -> begun(of, generation));
                long left = Math.max(0, deadline - System.nanoTime());
                if (flight != null) {
                    return flight.get(left, TimeUnit.NANOSECONDS);
                }
                if (left == 0) {
                    throw messages.late(budget);
                }
                TimeUnit.NANOSECONDS.sleep(Math.min(NO_THREAD_NANOS, left));
            }
        } catch (TimeoutException e) {
            throw messages.late(budget);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw messages.interrupted(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw told(cause == null ? e : cause);
        }
    }

    /** {@return a signing that runs, or null while all background threads are busy} */
    private @Nullable CompletableFuture<SignedToken> begun(LoginTarget target, long generation) {
        CompletableFuture<SignedToken> flight = new CompletableFuture<>();
        return Background.run(() -> complete(flight, target, generation)) ? flight : null;
    }

    void close() {
        if (identities instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }

    private void complete(CompletableFuture<SignedToken> flight, LoginTarget target, long generation) {
        try {
            SignedToken token = signed(target, generation);
            underWay.remove(target);
            flight.complete(token);
        } catch (CredentialsException | RuntimeException | Error e) {
            underWay.remove(target);
            flight.completeExceptionally(e);
        }
    }

    private SignedToken signed(LoginTarget target, long generation) throws CredentialsException {
        AwsCredentialsIdentity identity;
        try {
            identity = identities.resolveCredentials();
        } catch (RuntimeException e) {
            // most are SdkExceptions; a missing module is an IllegalStateException
            throw messages.withoutIdentity(e);
        }
        String signingRegion = region.of(target.host());
        Instant now = clock.instant();
        String text = TokenSigner.sign(target, user, signingRegion, identity, now);
        return new SignedToken(
                text, signingRegion, now, identity.expirationTime().orElse(Instant.MAX), generation);
    }

    private CredentialsException told(Throwable cause) {
        // each caller gets one of its own, which it may add to
        return cause instanceof CredentialsException known
                ? new CredentialsException(String.valueOf(known.getMessage()), known)
                : messages.broken(cause);
    }
}
