package dev.wellhead.internal.connect.net;

import dev.wellhead.internal.text.HostNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Resolves host names within a deadline. The system resolver cannot be interrupted, so it runs on a separate thread. At
 * most one lookup of each name runs at a time, and all callers that resolve the name share its result. A thread ends
 * when it has been idle for five seconds. Thread-safe.
 */
public final class NameResolver {

    /** Resolves one name; may block. */
    public interface Lookup {
        InetAddress[] lookup(String host) throws UnknownHostException;
    }

    /** Resolves names as the JVM does. */
    public static final NameResolver SYSTEM = new NameResolver(new SystemLookup());

    private static final int IDLE_SECONDS = 5;

    private final Lookup lookup;
    private final ConcurrentMap<String, FutureTask<InetAddress[]>> running = new ConcurrentHashMap<>();

    public NameResolver(Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * {@return all addresses of {@code host}, in the order of the resolver}
     *
     * @throws UnknownHostException if the name does not resolve
     * @throws TimeoutException if the deadline passes first
     */
    public InetAddress[] resolve(String host, Deadline deadline)
            throws UnknownHostException, TimeoutException, InterruptedException {
        if (HostNames.isLiteral(host)) {
            // this fails for an IPv6 scope (fe80::1%eth0) whose network interface does not exist
            return InetAddress.getAllByName(host);
        }
        if (HostNames.isLocalhost(host)) {
            // RFC 6761: localhost is resolved without a DNS query, so the lookup can run on the calling thread. A final
            // dot would cause a query.
            return lookup.lookup(HostNames.LOCALHOST);
        }
        try {
            return task(host).get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw unknownHost(host, failed.getCause());
        }
    }

    /** Returns the running lookup of this name, or starts one. */
    private FutureTask<InetAddress[]> task(String host) {
        FutureTask<InetAddress[]> task = running.get(host);
        if (task != null) {
            return task;
        }
        FutureTask<InetAddress[]> created = new FutureTask<>(() -> lookup.lookup(host));
        task = running.putIfAbsent(host, created);
        if (task != null) {
            return task;
        }
        Threads.EXECUTOR.execute(() -> {
            try {
                created.run();
            } finally {
                running.remove(host, created);
            }
        });
        return created;
    }

    private static UnknownHostException unknownHost(String host, @Nullable Throwable cause) {
        if (cause instanceof UnknownHostException expected) {
            return expected;
        }
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }

    /** This is a class because a method reference would slow down the first connection of a process. */
    private static final class SystemLookup implements Lookup {

        @Override
        public InetAddress[] lookup(String host) throws UnknownHostException {
            return InetAddress.getAllByName(host);
        }
    }

    /** Initialized when a lookup first needs a thread. */
    private static final class Threads {

        static final ThreadPoolExecutor EXECUTOR = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "wellhead-dns");
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
