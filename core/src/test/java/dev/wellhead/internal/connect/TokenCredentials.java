package dev.wellhead.internal.connect;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.List;

/**
 * Behaves as a source of authentication tokens: one candidate, always of the same generation, with changing passwords.
 */
public final class TokenCredentials implements CredentialsProvider {

    private final String user;
    private CredentialsSet current;

    public TokenCredentials(String user, String token) {
        this.user = user;
        this.current = set(token);
    }

    public void renew(String token) {
        current = set(token);
    }

    public void become(CredentialsSet set) {
        current = set;
    }

    private CredentialsSet set(String token) {
        return CredentialsSet.of(1, List.of(Credentials.of(user, token, "token")));
    }

    @Override
    public String description() {
        return "authentication tokens";
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) {
        return current;
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
        return current;
    }

    @Override
    public List<String> adviceOnRefusal(CredentialsSet refused, LoginTarget target) {
        return List.of("The token was signed for port " + target.port() + ".");
    }
}
