package dev.wellhead.examples.ledger;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an HTTP request that the service uses.
 *
 * @param method for example {@code GET}
 * @param path the decoded path
 * @param query the query, not decoded
 * @param idempotencyKey the header {@code Idempotency-Key}
 * @param body the body, decoded as UTF-8
 */
record Request(String method, String path, @Nullable String query, @Nullable String idempotencyKey, String body) {

    /** {@return the decoded value of the first parameter with this name, empty if there is none} */
    String parameter(String name) {
        if (query == null) {
            return "";
        }
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(name + "=")) {
                return decoded(parameter.substring(name.length() + 1));
            }
        }
        return "";
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // a percent sign without two digits
            return value;
        }
    }
}
