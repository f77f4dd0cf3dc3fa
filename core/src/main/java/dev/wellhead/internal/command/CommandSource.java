package dev.wellhead.internal.command;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.internal.credentials.RefreshSource;
import dev.wellhead.internal.secret.SecretParser;
import dev.wellhead.settings.CommandLine;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program, and keeps the logins that it printed. The candidates are the newest login and the one before it,
 * because a rotation can change either the program's source or the server first. Thread-safe.
 */
final class CommandSource implements RefreshSource.OfSets {

    /** Credentials are renewed after this part of their remaining lifetime, plus a random part of up to a tenth. */
    private static final double RENEWED_AFTER = 0.7;

    private static final double JITTER = 0.1;

    /** A program may print the same expiration again. */
    private static final Duration SHORTEST_RENEWAL = Duration.ofSeconds(5);

    private final CommandLine command;
    private final String variable;
    private final SecretParser parser;
    private final Duration limit;
    private final RefreshClock clock;
    private volatile @Nullable CredentialsSet set;
    private volatile @Nullable Instant expiration;
    private volatile @Nullable Instant renewal;

    CommandSource(CommandLine command, String variable, SecretParser parser, Duration limit, RefreshClock clock) {
        this.command = command;
        this.variable = variable;
        this.parser = parser;
        this.limit = limit;
        this.clock = clock;
    }

    /** {@return the start of a sentence about what the program of {@code variable} printed} */
    static String subject(String variable) {
        return variable + " printed a text that";
    }

    /** {@return when the newest credentials stop being valid; null if that is not known} */
    @Nullable
    Instant expiration() {
        return expiration;
    }

    /** {@return whether the program should run again before the credentials expire} */
    boolean isRenewalDue() {
        Instant due = renewal;
        return due != null && !clock.instant().isBefore(due);
    }

    @Override
    public @Nullable CredentialsSet lastKnown() {
        return set;
    }

    @Override
    public boolean fetch(long refused) throws CredentialsException {
        return accept(run(false));
    }

    @Override
    public boolean fetchAll() throws CredentialsException {
        return accept(run(true));
    }

    private PrintedLogin run(boolean isNew) throws CredentialsException {
        try {
            byte[] output = SharedRuns.output(command, () -> new CommandRun(command, limit).output(), isNew);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(output))
                    .toString();
            return PrintedLogin.of(text, parser, subject(variable));
        } catch (CommandFailedException e) {
            throw failure(String.valueOf(e.getMessage()), e.fix(), e.getCause());
        } catch (CharacterCodingException e) {
            // without the cause, which describes bytes of a password
            throw failure("printed bytes that are not UTF-8 text", "Print the password in UTF-8.", null);
        }
    }

    private synchronized boolean accept(PrintedLogin printed) {
        expiration = printed.expiration();
        renewal = renewal(printed.expiration());
        CredentialsSet known = set;
        Credentials newest = printed.credentials();
        if (known == null) {
            set = CredentialsSet.of(1, List.of(newest));
            return true;
        }
        Credentials before = known.candidates().get(0);
        if (newest.sameLogin(before)) {
            return false;
        }
        Credentials previous = Credentials.of(before.user(), before.password(), "previous");
        set = CredentialsSet.of(known.generation() + 1, List.of(newest, previous));
        return true;
    }

    private @Nullable Instant renewal(@Nullable Instant end) {
        if (end == null) {
            return null;
        }
        Instant now = clock.instant();
        Instant earliest = now.plus(SHORTEST_RENEWAL);
        if (end.isBefore(earliest)) {
            return earliest;
        }
        // in seconds, because a time in the far future does not fit into nanoseconds
        double part = RENEWED_AFTER + JITTER * clock.random();
        Instant due = now.plusSeconds(Math.round(part * (end.getEpochSecond() - now.getEpochSecond())));
        return due.isBefore(earliest) ? earliest : due;
    }

    @Override
    public CredentialsException timeoutFailure(Duration budget) {
        return failure(
                "did not end within " + budget.toMillis() + " ms",
                "Check what it waits for: it gets no input, so it cannot ask for anything.",
                null);
    }

    @Override
    public CredentialsException unexpectedFailure(Throwable unexpected) {
        return failure("could not be run, because of " + unexpected.getClass().getName(), "See the cause.", unexpected);
    }

    private CredentialsException failure(String predicate, String fix, @Nullable Throwable cause) {
        return new CredentialsException(variable + " " + predicate + ".", fix, cause);
    }
}
