package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** One store per process and region, shared by all databases, closed with the last one. Thread-safe. */
final class SecretStores {

    private static final SecretStores SHARED = new SecretStores();

    private final Map<String, Shared> stores = new HashMap<>();

    private SecretStores() {}

    /** {@return a share of the store of {@code region}; the caller closes it} */
    static Lease lease(String region) throws CredentialsException {
        URI endpoint = SecretsManagerEndpoint.of(region);
        return SHARED.open(region, endpoint);
    }

    private synchronized Lease open(String region, URI endpoint) {
        String key = region + " " + endpoint;
        Shared shared = stores.get(key);
        if (shared == null) {
            shared = new Shared(new SecretsManager(
                    endpoint, region, DefaultCredentialsProvider.builder().build()));
            stores.put(key, shared);
        }
        shared.leases++;
        return new Lease(this, key, shared.store);
    }

    private synchronized void release(String key) {
        Shared shared = stores.get(key);
        if (shared != null && --shared.leases == 0) {
            stores.remove(key);
            shared.store.close();
        }
    }

    private static final class Shared {
        private final SecretStore store;
        private int leases;

        Shared(SecretStore store) {
            this.store = store;
        }
    }

    /** A share of a store. Closing it twice does nothing. */
    static final class Lease implements AutoCloseable {
        private final SecretStores owner;
        private final String key;
        private final SecretStore store;
        private boolean isClosed;

        Lease(SecretStores owner, String key, SecretStore store) {
            this.owner = owner;
            this.key = key;
            this.store = store;
        }

        SecretStore store() {
            return store;
        }

        @Override
        public void close() {
            synchronized (owner) {
                if (isClosed) {
                    return;
                }
                isClosed = true;
            }
            owner.release(key);
        }
    }
}
