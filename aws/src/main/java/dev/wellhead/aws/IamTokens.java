package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.internal.credentials.RefreshSchedule;
import dev.wellhead.internal.credentials.RefreshSource;
import dev.wellhead.internal.credentials.RefreshThreads;
import dev.wellhead.internal.credentials.Refresher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Supplies IAM authentication tokens, one per server. A token is signed on this machine without a call to the service,
 * used while it is valid, and replaced if the server refuses it. Open sessions are not affected when their token expires.
 * Thread-safe.
 */
final class IamTokens implements CredentialsProvider {

    /** A refusal usually has another cause than the token, so the delay between new tokens grows. */
    private static final RefreshSchedule SCHEDULE = new RefreshSchedule(
            RefreshSchedule.doubling(Duration.ofSeconds(1), Duration.ofSeconds(30)),
            repeated -> Duration.ZERO,
            RefreshSchedule.doubling(Duration.ofMillis(250), Duration.ofSeconds(4)),
            false);

    private final String user;
    private final TokenService service;
    private final AwsIdentity identity;
    private final TokenMessages messages;
    private final Clock clock;
    private final RefreshClock refreshClock;
    private final Map<LoginTarget, Server> servers = new ConcurrentHashMap<>();

    /** One number for all servers, so that alternating between them does not count as a rotation. */
    private final AtomicLong generation = new AtomicLong(1);

    /**
     * @param service whose servers accept the tokens of {@code user}
     * @param identity signs the tokens; closed with this provider
     * @param clock for the date of the signature and the expiry
     */
    IamTokens(String user, TokenService service, AwsIdentity identity, Clock clock, RefreshClock refreshClock) {
        this.user = user;
        this.service = service;
        this.identity = identity;
        this.messages = new TokenMessages(user);
        this.clock = clock;
        this.refreshClock = refreshClock;
    }

    @Override
    public String description() {
        return service.description();
    }

    @Override
    public void prepare() {
        try {
            RefreshThreads.EXECUTOR.execute(this::findIdentity);
        } catch (RejectedExecutionException allBusy) {
            // the first login searches for the credentials itself
        }
    }

    /**
     * Finds the AWS credentials before a login needs them. Instance metadata, a container agent or STS can take
     * seconds.
     */
    private void findIdentity() {
        try {
            identity.resolve();
        } catch (AwsIdentity.MissingException e) {
            // the first login repeats the search and reports the failure
            LoggerFactory.getLogger(IamTokens.class).debug("No AWS credentials were found in advance.", e);
        }
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        CredentialsSet known = server(target).refresher.newerThan(Refresher.NOTHING_REFUSED, budget);
        return CredentialsSet.of(generation.get(), known.candidates());
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        CredentialsSet known = server(target).refresher.newerThan(refused.generation(), budget);
        return known.generation() > refused.generation()
                ? known
                : CredentialsSet.of(refused.generation(), known.candidates());
    }

    @Override
    public List<String> adviceOnRefusal(CredentialsSet refused, LoginTarget target) {
        AuthenticationToken token = server(target).token;
        return token == null ? List.of() : service.adviceOnRefusal(target, token);
    }

    /** {@return false: a new token is not a rotation, because open sessions do not depend on it} */
    @Override
    public boolean canChange() {
        return false;
    }

    @Override
    public void close() {
        identity.close();
    }

    /** {@return the token of a server} The configured hosts limit the number of tokens, so none is removed. */
    private Server server(LoginTarget target) {
        return servers.computeIfAbsent(target, Server::new);
    }

    /** The token of one server. */
    private final class Server implements RefreshSource.OfSets {

        private final LoginTarget target;
        private final Refresher<CredentialsSet> refresher =
                new Refresher<>(this, SCHEDULE, refreshClock, RefreshThreads.EXECUTOR);
        private volatile @Nullable AuthenticationToken token;

        Server(LoginTarget target) {
            this.target = target;
        }

        @Override
        public @Nullable CredentialsSet lastKnown() {
            AuthenticationToken known = token;
            return known == null || !known.isUsableAt(clock.instant())
                    ? null
                    : CredentialsSet.of(known.generation(), List.of(Credentials.of(user, known.text(), "token")));
        }

        @Override
        public boolean fetch(long refused) throws CredentialsException {
            AwsCredentialsIdentity signer;
            try {
                signer = identity.resolve();
            } catch (AwsIdentity.MissingException e) {
                throw messages.withoutIdentity(e);
            }
            String signingRegion = service.region(target);
            Instant now = clock.instant();
            String text = TokenSigner.sign(service.request(target), signingRegion, signer, now);
            // a token that only expired is replaced in the same generation
            long signedFor = refused == Refresher.NOTHING_REFUSED
                    ? generation.get()
                    : generation.updateAndGet(last -> Math.max(last, refused) + 1);
            token = new AuthenticationToken(
                    text, signingRegion, now, signer.expirationTime().orElse(Instant.MAX), signedFor);
            return true;
        }

        @Override
        public CredentialsException timeoutFailure(Duration budget) {
            return messages.timeoutFailure(budget);
        }

        @Override
        public CredentialsException unexpectedFailure(Throwable unexpected) {
            return messages.unexpectedFailure(unexpected);
        }
    }
}
