package dev.wellhead.tls;

import java.util.Optional;

/**
 * Supplies the root certificates of some hosts. It is found with {@link java.util.ServiceLoader} or registered on the
 * builder; a registered provider takes precedence. The default SSL mode of a host with known root certificates is
 * {@code verify-full}.
 *
 * <p>Called while settings are resolved: implementations must be fast and thread-safe, must not use the network and
 * must not throw.
 */
@FunctionalInterface
public interface TrustAnchorsProvider {

    /** {@return the root certificates for {@code host}, a single name or address; empty if they are not known} */
    Optional<TrustAnchors> trustAnchorsFor(String host);

    /**
     * {@return a sentence that names the place of the root certificates of a host; empty if that is not known, which is
     * the default} Messages add it to the advice to set {@code DB_SSLROOTCERT}.
     *
     * @param host a name for which {@link #trustAnchorsFor} is empty
     */
    default Optional<String> adviceFor(String host) {
        return Optional.empty();
    }
}
