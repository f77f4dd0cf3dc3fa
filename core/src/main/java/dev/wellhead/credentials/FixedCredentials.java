package dev.wellhead.credentials;

import java.time.Duration;
import java.util.List;

/** One login that never changes. */
final class FixedCredentials implements CredentialsProvider {

    private final CredentialsSet set;

    FixedCredentials(String user, String password) {
        this.set = CredentialsSet.of(1, List.of(Credentials.of(user, password, "configured")));
    }

    @Override
    public String description() {
        return "configured password";
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
