package dev.wellhead.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The request that becomes a token when it is signed.
 *
 * @param service the service in the scope of the signature
 * @param host the host to sign for, in lower case
 * @param port the port to sign for; the default port of HTTPS is not part of the token
 * @param parameters the parameters before those of the signature, in this order
 */
record TokenRequest(String service, String host, int port, Map<String, String> parameters) {

    /** {@return a request to connect as a user, whose name is the value of {@code userParameter}} */
    static TokenRequest connect(String service, String host, int port, String userParameter, String user) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("Action", "connect");
        parameters.put(userParameter, user);
        return new TokenRequest(service, host, port, parameters);
    }

    /** {@return the same request with one more parameter} */
    TokenRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new TokenRequest(service, host, port, more);
    }
}
