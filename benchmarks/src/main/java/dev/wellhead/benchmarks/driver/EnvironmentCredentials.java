package dev.wellhead.benchmarks.driver;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.List;

/** Supplies the login in {@code DB_USER} and {@code DB_PASSWORD}. */
final class EnvironmentCredentials implements CredentialsProvider {

    private final CredentialsSet set = CredentialsSet.of(
            1,
            List.of(Credentials.of(ConnectLoop.variable("DB_USER"), ConnectLoop.variable("DB_PASSWORD"), "benchmark")));

    @Override
    public String description() {
        return "benchmark";
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
