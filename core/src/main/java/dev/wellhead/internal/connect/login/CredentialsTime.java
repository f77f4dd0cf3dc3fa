package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how much of the time of one attempt is spent on getting the credentials. If little time remained for the
 * server, its failure to answer in time has another reason. Used on one thread.
 */
public final class CredentialsTime {

    private static final int MENTIONED_PART = 10;
    private static final int MAIN_PART = 2;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CredentialsProvider provider;
    private final DatabaseSettings settings;
    private final long wholeNanos;
    private long nanos;

    /**
     * @param spent the time that has been spent already
     * @param remaining the time that remains for the attempt
     */
    public CredentialsTime(
            CredentialsProvider provider, DatabaseSettings settings, Duration spent, Duration remaining) {
        this.provider = provider;
        this.settings = settings;
        this.wholeNanos = spent.toNanos() + remaining.toNanos();
        this.nanos = spent.toNanos();
    }

    /** Adds the time since {@code begin}, a value of {@link System#nanoTime}. */
    public void addSince(long begin) {
        nanos += System.nanoTime() - begin;
    }

    /** {@return the failure, with an explanation if the time was up and the credentials took a tenth of it or more} */
    public ServerFailure explain(ServerFailure failure) {
        if (failure.kind() != FailureKind.TIMED_OUT || nanos * MENTIONED_PART < wholeNanos) {
            return failure;
        }
        List<String> fixes = new ArrayList<>(3);
        fixes.add("Getting the credentials from " + provider.description() + " took " + nanos / NANOS_PER_MILLI
                + " of the " + wholeNanos / NANOS_PER_MILLI + " ms of this attempt.");
        if (nanos * MAIN_PART < wholeNanos) {
            fixes.addAll(failure.fixes());
        } else {
            fixes.add("Check why their source is slow, or raise "
                    + SettingReference.of(settings, Settings.CONNECTION_TIMEOUT) + ".");
        }
        return failure.withFixes(fixes);
    }
}
