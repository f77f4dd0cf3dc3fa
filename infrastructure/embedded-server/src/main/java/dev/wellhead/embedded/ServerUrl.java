package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Writes names into URLs. */
final class ServerUrl {

    private ServerUrl() {}

    /** {@return a name with percent-encoding, so that {@code /}, {@code ?}, {@code @} and the like do not end it} */
    static String encoded(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }
}
