package dev.wellhead.credentials;

import dev.wellhead.tls.SslMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Declares the word {@code vault}, for passwords by every method and users of its own, and supplies what the test puts
 * into it.
 */
public final class VaultFactory implements CredentialsProviderFactory {

    private static volatile Credentials login = Credentials.of("nobody", "", "vault");

    /** Sets the login that the vault supplies from now on. */
    public static void store(String user, String password) {
        login = Credentials.of(user, password, "vault");
    }

    @Override
    public String description() {
        return "a vault of a test";
    }

    @Override
    public List<Authentication> authentications() {
        return List.of(
                Authentication.of("vault", "a password from the vault"),
                Authentication.of("vault-tls", "a password from the vault").withMinimumSslMode(SslMode.REQUIRE));
    }

    @Override
    public Optional<CredentialsProvider> create(CredentialsRequest request) {
        return request.setting("auth").filter(word -> word.startsWith("vault")).map(word -> new Provider());
    }

    private static final class Provider implements CredentialsProvider {

        private final AtomicLong generation = new AtomicLong(1);
        private volatile Credentials known = login;

        @Override
        public String description() {
            return "a vault of a test";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) {
            return CredentialsSet.of(generation.get(), List.of(known));
        }

        @Override
        public synchronized CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            if (!known.sameLogin(login)) {
                known = login;
                generation.incrementAndGet();
            }
            return current(target, budget);
        }
    }
}
