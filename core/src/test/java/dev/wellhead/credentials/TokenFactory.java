package dev.wellhead.credentials;

import dev.wellhead.tls.SslMode;
import java.util.List;
import java.util.Optional;

/** Declares the word {@code iam} as the AWS module does, so that tests of core cover its requirements. */
public final class TokenFactory implements CredentialsProviderFactory {

    @Override
    public String description() {
        return "tokens of a test";
    }

    @Override
    public List<Authentication> authentications() {
        return List.of(Authentication.of("iam", "an authentication token")
                .inClearText()
                .withMinimumSslMode(SslMode.VERIFY_CA)
                .withRequiredUser()
                .withAdvice("Check that the role logs in with tokens.", "The roots are at https://roots.example."));
    }

    @Override
    public Optional<CredentialsProvider> create(CredentialsRequest request) {
        return request.setting("auth")
                .filter("iam"::equals)
                .map(word -> CredentialsProvider.fixed(request.setting("user").orElse(""), "token"));
    }
}
