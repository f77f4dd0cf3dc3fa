package dev.wellhead.credentials;

import java.time.Duration;
import java.util.List;

/** Supplies one login that never changes. */
final class FixedCredentials implements CredentialsProvider {

    static final String LABEL = "configured";

    private final CredentialsSet set;
    private final String description;

    FixedCredentials(Credentials login, String description) {
        this.set = CredentialsSet.of(1, List.of(login));
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) {
        return set;
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
        return set;
    }

    @Override
    public boolean canChange() {
        return false;
    }
}
