package dev.wellhead.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that the open databases of this process use. A secret is opened with its first database and closed with
 * its last one. Thread-safe.
 */
final class SharedSecrets {

    /** The secrets of the process. Nothing in it refers to an application, except while a database is open. */
    static final SharedSecrets OF_PROCESS = new SharedSecrets();

    private final Map<SecretAddress, Use> uses = new HashMap<>();

    private static final class Use {

        private final SharedSecret secret;
        private int databases;

        Use(SharedSecret secret) {
            this.secret = secret;
        }
    }

    /** {@return the secret at {@code address}, for one more database} */
    synchronized SharedSecret open(SecretAddress address, Function<SecretAddress, SharedSecret> opening) {
        Use use = uses.get(address);
        if (use == null) {
            use = new Use(opening.apply(address));
            uses.put(address, use);
        }
        use.databases++;
        return use.secret;
    }

    /** Closes the secret if no other database uses it. Called once for each {@link #open}. */
    void close(SecretAddress address) {
        SharedSecret unused = release(address);
        if (unused != null) {
            unused.close();
        }
    }

    private synchronized @Nullable SharedSecret release(SecretAddress address) {
        Use use = uses.get(address);
        if (use == null || --use.databases > 0) {
            return null;
        }
        uses.remove(address);
        return use.secret;
    }

    /** {@return the number of secrets that are open} */
    synchronized int size() {
        return uses.size();
    }
}
