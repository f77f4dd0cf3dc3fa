package dev.wellhead.benchmarks;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.List;

/** Always supplies the login of the benchmark server's superuser. */
final class SuperuserCredentials implements CredentialsProvider {

    private static final CredentialsSet SET =
            CredentialsSet.of(1, List.of(Credentials.of(Target.USER, Target.PASSWORD, "benchmark")));

    @Override
    public String description() {
        return "benchmark";
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) {
        return SET;
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
        return SET;
    }

    @Override
    public boolean canChange() {
        return false;
    }
}
