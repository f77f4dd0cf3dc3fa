package dev.wellhead.internal.connect;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider whose answers are set by the test. All its logins are of the user postgres. */
public final class ScriptedCredentials implements CredentialsProvider {

    private CredentialsSet current;
    private @Nullable CredentialsSet afterRefresh;
    private @Nullable String failure;
    private int refreshes;

    public ScriptedCredentials(long generation, String... passwords) {
        this.current = set(generation, passwords);
    }

    public static CredentialsSet set(long generation, String... passwords) {
        List<Credentials> candidates = new ArrayList<>();
        for (int i = 0; i < passwords.length; i++) {
            candidates.add(Credentials.of("postgres", passwords[i], "candidate " + i));
        }
        return CredentialsSet.of(generation, candidates);
    }

    public void become(CredentialsSet set) {
        current = set;
    }

    public void refreshFinds(CredentialsSet set) {
        afterRefresh = set;
    }

    public void failsWith(String message) {
        failure = message;
    }

    public int refreshes() {
        return refreshes;
    }

    @Override
    public String description() {
        return "scripted credentials";
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        if (failure != null && refreshes == 0 && afterRefresh == null) {
            throw new CredentialsException(failure);
        }
        return current;
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        refreshes++;
        if (failure != null) {
            throw new CredentialsException(failure);
        }
        if (afterRefresh != null) {
            current = afterRefresh;
        }
        return current;
    }

    @Override
    public String toString() {
        return description() + Arrays.asList(current);
    }
}
