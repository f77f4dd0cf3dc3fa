package dev.wellhead.internal.command;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.internal.credentials.RefreshSchedule;
import dev.wellhead.internal.credentials.RefreshThreads;
import dev.wellhead.internal.credentials.Refresher;
import dev.wellhead.internal.secret.SecretKeys;
import dev.wellhead.internal.secret.SecretParser;
import dev.wellhead.settings.CommandLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Supplies the login that a program prints. The program is run for the first login, before the expiration that it
 * printed, and when the server refuses the login. Thread-safe.
 */
public final class CommandCredentials implements CredentialsProvider {

    /** Less than the time after which {@link Refresher} abandons a fetch. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final RefreshSchedule.Delay POLL =
            RefreshSchedule.doubling(Duration.ofMillis(250), Duration.ofSeconds(1));

    /** A refusal that the program cannot end is slowed down after about a minute. */
    private static final int FAST_POLLS = 60;

    private static final Duration SLOW_POLL = Duration.ofSeconds(10);

    /** A program may print another token each time, and the server may refuse each of them for another reason. */
    private static final RefreshSchedule.Delay AFTER_CHANGE =
            RefreshSchedule.doubling(Duration.ofMillis(500), Duration.ofSeconds(30));

    private static final RefreshSchedule SCHEDULE = new RefreshSchedule(
            changes -> changes == 0 ? Duration.ZERO : AFTER_CHANGE.after(changes - 1),
            polls -> polls < FAST_POLLS ? POLL.after(polls) : SLOW_POLL,
            RefreshSchedule.doubling(Duration.ofMillis(500), Duration.ofSeconds(4)),
            false);

    private final String description;
    private final CommandSource source;
    private final Refresher<CredentialsSet> refresher;
    private final RefreshClock clock;

    CommandCredentials(CommandLine command, String variable, SecretParser parser, Duration limit, RefreshClock clock) {
        this.description = "password command" + (command.isProgramShown() ? " " + command.program() : "");
        this.source = new CommandSource(command, variable, parser, limit, clock);
        this.refresher = new Refresher<>(source, SCHEDULE, clock, RefreshThreads.EXECUTOR);
        this.clock = clock;
    }

    /**
     * {@return a provider; nothing is run yet}
     *
     * @param variable the variable that sets the command, for messages
     * @param keys the fields of user and password in a JSON object
     * @param user the user if the program does not print one; null if no setting has one either
     * @param userVariable the variable that sets the user, for messages
     */
    public static CommandCredentials of(
            CommandLine command, String variable, SecretKeys keys, @Nullable String user, String userVariable) {
        SecretParser parser = new SecretParser(CommandSource.subject(variable), keys, user, userVariable);
        return new CommandCredentials(command, variable, parser, LIMIT, RefreshClock.SYSTEM);
    }

    @Override
    public void prepare() {
        refresher.prefetch();
    }

    @Override
    public boolean reportTo(RefreshListener notified) {
        refresher.reportTo(notified);
        return true;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        if (source.isRenewalDue()) {
            refresher.prefetch();
        }
        return refresher.newerThan(Refresher.NOTHING_REFUSED, budget);
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        return refresher.newerThan(refused.generation(), budget);
    }

    @Override
    public CredentialsSet fetchNow(LoginTarget target, Duration budget) throws CredentialsException {
        return refresher.fetchOnce(budget);
    }

    @Override
    public List<String> adviceOnRefusal(CredentialsSet refused, LoginTarget target) {
        Instant expiration = source.expiration();
        return expiration == null || expiration.isAfter(clock.instant())
                ? List.of()
                : List.of("The program printed credentials that expired at " + expiration
                        + ". Check the clock of this machine, and that the program does not print old ones.");
    }
}
