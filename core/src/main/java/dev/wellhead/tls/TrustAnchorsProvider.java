package dev.wellhead.tls;

import java.util.Optional;

/**
 * Knows the root certificates of some hosts. Found with {@link java.util.ServiceLoader}, or registered on the builder,
 * which then is asked first. A host with known anchors gets {@code verify-full} unless a setting says otherwise.
 *
 * <p>Called while settings are resolved, so it must be fast, must touch no network and must not throw. Thread-safe.
 */
@FunctionalInterface
public interface TrustAnchorsProvider {

    /** {@return the anchors for {@code host} (a name as configured, never an address list), or empty where not known} */
    Optional<TrustAnchors> trustAnchorsFor(String host);

    /**
     * {@return where to find the root certificates of a host that has none here, as a sentence; empty where nothing is
     * known of the host, which it is unless overridden} Follows the advice to set {@code DB_SSLROOTCERT}.
     *
     * @param host a name for which {@link #trustAnchorsFor} is empty
     */
    default Optional<String> adviceFor(String host) {
        return Optional.empty();
    }
}
