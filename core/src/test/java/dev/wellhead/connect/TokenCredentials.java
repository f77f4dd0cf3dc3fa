package dev.wellhead.connect;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.List;

/** As authentication tokens: one candidate of one generation for ever, with another password every time. */
final class TokenCredentials implements CredentialsProvider {

    private final String user;
    private CredentialsSet current;

    TokenCredentials(String user, String token) {
        this.user = user;
        this.current = set(token);
    }

    void renew(String token) {
        current = set(token);
    }

    void become(CredentialsSet set) {
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
