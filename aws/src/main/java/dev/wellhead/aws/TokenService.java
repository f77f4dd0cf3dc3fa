package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import java.util.List;

/** A service of AWS whose servers accept authentication tokens. Immutable and thread-safe. */
interface TokenService {

    /** {@return the source of the tokens, for messages: {@code "RDS IAM authentication"}} */
    String description();

    /** {@return what is signed for a login to {@code server}} */
    TokenRequest request(LoginTarget server);

    /**
     * {@return the region to sign for}
     *
     * @throws CredentialsException if there is none
     */
    String region(LoginTarget server) throws CredentialsException;

    /** {@return what to check if {@code server} refused {@code token}, the most likely reason first} */
    List<String> adviceOnRefusal(LoginTarget server, AuthenticationToken token);
}
