package dev.wellhead.examples.ledger.search;

import java.net.URI;
import java.util.Map;

/** The headers with which a request proves its sender. Thread-safe. */
@FunctionalInterface
interface RequestAuthorization {

    /**
     * {@return the headers to add}
     *
     * @param method the HTTP method
     * @param uri the address with its query
     * @param contentType the content type of the body
     * @param body the body, which may be empty
     */
    Map<String, String> headers(String method, URI uri, String contentType, byte[] body);
}
