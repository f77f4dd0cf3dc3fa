package dev.wellhead.redis;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A provider whose candidates, failures and delays a test decides. Thread-safe. */
final class ScriptedCredentials implements CredentialsProvider {

    private final AtomicInteger refreshes = new AtomicInteger();
    private final boolean canChange;
    private volatile CredentialsSet known;
    private volatile @Nullable CredentialsSet afterRefresh;
    private volatile @Nullable CredentialsException failure;
    private volatile @Nullable CredentialsException refreshFailure;
    private volatile Runnable beforeAnswer = () -> {};

    private ScriptedCredentials(boolean canChange, CredentialsSet known) {
        this.canChange = canChange;
        this.known = known;
    }

    /** {@return a provider of passwords of user {@code app}, in this order} */
    static ScriptedCredentials of(String... passwords) {
        return new ScriptedCredentials(true, set(1, passwords));
    }

    /** {@return a provider of a token} */
    static ScriptedCredentials ofToken(String token) {
        return new ScriptedCredentials(false, set(1, token));
    }

    private static CredentialsSet set(long generation, String... passwords) {
        List<Credentials> candidates = new ArrayList<>();
        for (String password : passwords) {
            candidates.add(Credentials.of("app", password, "candidate-" + (candidates.size() + 1)));
        }
        return CredentialsSet.of(generation, candidates);
    }

    /** The provider has found other candidates in the background. */
    void find(String... passwords) {
        known = set(known.generation() + 1, passwords);
    }

    /** The token was replaced because it expired. */
    void renew(String token) {
        known = set(known.generation(), token);
    }

    /** The next refresh finds other candidates. */
    void rotate(String... passwords) {
        afterRefresh = set(known.generation() + 1, passwords);
    }

    /** Every call fails from now on; null ends it. */
    void fail(@Nullable CredentialsException with) {
        failure = with;
    }

    /** Every refresh fails from now on; null ends it. */
    void failRefresh(@Nullable CredentialsException with) {
        refreshFailure = with;
    }

    /** Runs {@code action} in each call before it answers. */
    void beforeAnswer(Runnable action) {
        beforeAnswer = action;
    }

    int refreshes() {
        return refreshes.get();
    }

    @Override
    public String description() {
        return "the script";
    }

    @Override
    public boolean canChange() {
        return canChange;
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        beforeAnswer.run();
        throwIfSet(failure);
        return known;
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        refreshes.incrementAndGet();
        throwIfSet(failure);
        throwIfSet(refreshFailure);
        CredentialsSet next = afterRefresh;
        if (next != null) {
            known = next;
        }
        return known;
    }

    private static void throwIfSet(@Nullable CredentialsException failing) throws CredentialsException {
        if (failing != null) {
            throw failing;
        }
    }

    @Override
    public List<String> adviceOnRefusal(CredentialsSet refused, LoginTarget target) {
        return List.of("Check the script.");
    }
}
