package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.internal.files.PasswordFileReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a file that holds a password, such as a mounted secret. The content decides what is new: it is read for every
 * physical connection and about once a second by the pool, which is cheap, and sees what time stamps miss: a symbolic
 * link that is swapped (as Kubernetes does), or a second change within the resolution of the file system's clock.
 */
public final class PasswordFileCredentials implements CredentialsProvider {

    /** A refused login is answered by reading the file again, but not more often than this. */
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);

    private final Path file;
    private final PasswordFileReader reader;
    private final CredentialsHistory history;
    private final RefreshGate<CredentialsSet> gate;
    private final ReentrantLock lock = new ReentrantLock();
    private long generation;
    private @Nullable String reported;
    private volatile @Nullable RefreshListener looks;

    public PasswordFileCredentials(String user, Path file, String setting, LongSupplier nanoTime) {
        this.file = file;
        this.reader = new PasswordFileReader(file, setting);
        this.history = new CredentialsHistory(user);
        this.gate = new RefreshGate<>(INTERVAL, LONGEST_INTERVAL, nanoTime, budget -> read());
    }

    @Override
    public boolean reportTo(RefreshListener listener) {
        looks = listener;
        return true;
    }

    @Override
    public String description() {
        return "password file " + file;
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        lock.lock();
        try {
            return read();
        } catch (CredentialsException e) {
            CredentialsSet last = history.set();
            if (last == null) {
                throw e;
            }
            reportOnce(e);
            return last;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        CredentialsSet found = gate.refresh(budget);
        lock.lock();
        try {
            // a look that is shared may be older than what current has seen since
            CredentialsSet last = history.set();
            return last != null && last.generation() > found.generation() ? last : found;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void accepted(CredentialsSet set, Credentials candidate) {
        lock.lock();
        try {
            history.accepted(candidate);
        } finally {
            lock.unlock();
        }
    }

    private CredentialsSet read() throws CredentialsException {
        long begin = System.nanoTime();
        boolean read = false;
        boolean changed = false;
        lock.lock();
        try {
            String password = reader.read();
            read = true;
            reported = null;
            changed = history.isNews(password);
            if (changed) {
                generation++;
            }
            return history.observe(password, generation);
        } finally {
            lock.unlock();
            RefreshReport.tell(looks, begin, read, changed);
        }
    }

    private void reportOnce(CredentialsException e) {
        String message = String.valueOf(e.getMessage());
        if (!message.equals(reported)) {
            reported = message;
            Logger log = LoggerFactory.getLogger(CredentialsProvider.class);
            log.warn("{} The last password that was read stays in use.", message);
        }
    }
}
