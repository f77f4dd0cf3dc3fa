package dev.wellhead.internal.connect;

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
 * Resolves host names within a deadline. The system's resolver cannot be interrupted, so it runs on a thread of its
 * own; one thread per name at most, however many wait for it, shared by the process and gone when nobody asks.
 */
public final class NameResolver {

    /** The system's own view of a name; tests have another. */
    public interface Lookup {
        InetAddress[] lookup(String host) throws UnknownHostException;
    }

    public static final NameResolver SYSTEM = new NameResolver(new SystemLookup());

    private static final int IDLE_SECONDS = 5;

    private final Lookup lookup;
    private final ConcurrentMap<String, FutureTask<InetAddress[]>> running = new ConcurrentHashMap<>();

    public NameResolver(Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * All addresses of {@code host}, in the resolver's order.
     *
     * @throws UnknownHostException when the name does not resolve
     * @throws TimeoutException when the deadline passed first
     */
    public InetAddress[] resolve(String host, Deadline deadline)
            throws UnknownHostException, TimeoutException, InterruptedException {
        if (Addresses.isLiteral(host)) {
            // the name of a network interface behind the address (fe80::1%eth0) may still be unknown
            return InetAddress.getAllByName(host);
        }
        if (host.equals("localhost")) {
            // RFC 6761: answered on this machine, and the case where a thread would cost the most
            return lookup.lookup(host);
        }
        FutureTask<InetAddress[]> task = running.get(host);
        if (task == null) {
            FutureTask<InetAddress[]> created = new FutureTask<>(() -> lookup.lookup(host));
            task = running.putIfAbsent(host, created);
            if (task == null) {
                task = created;
                Threads.EXECUTOR.execute(() -> {
                    try {
                        created.run();
                    } finally {
                        running.remove(host, created);
                    }
                });
            }
        }
        try {
            return task.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw unknown(host, failed.getCause());
        }
    }

    private static UnknownHostException unknown(String host, @Nullable Throwable cause) {
        if (cause instanceof UnknownHostException known) {
            return known;
        }
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }

    /** Not a method reference: the first connect of a process would pay for it. */
    private static final class SystemLookup implements Lookup {

        @Override
        public InetAddress[] lookup(String host) throws UnknownHostException {
            return InetAddress.getAllByName(host);
        }
    }

    /** Created with the first name that needs it. */
    private static final class Threads {

        static final ThreadPoolExecutor EXECUTOR = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "wellhead-dns");
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
