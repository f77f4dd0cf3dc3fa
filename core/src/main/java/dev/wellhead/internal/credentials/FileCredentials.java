package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.internal.files.ReadBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reads a password from a file, and detects when it changes. The password is the whole content of the file, or it is in
 * the matching line of libpq's password file.
 *
 * <p>The file is read for every physical connection, as libpq does, and about once a second by the pool. Reading is
 * cheap and detects changes that time stamps do not show: a symbolic link that is replaced (as Kubernetes does), or a
 * second change within the resolution of the file system's clock. Thread-safe.
 */
public final class FileCredentials implements CredentialsProvider {

    /** Limits how often refused logins read the file. */
    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** How long a connection waits for the file; the last password can be used instead. */
    private static final Duration REREAD_BUDGET = Duration.ofMillis(500);

    private static final RefreshSchedule SCHEDULE = new RefreshSchedule(
            repeated -> INTERVAL,
            repeated -> INTERVAL,
            RefreshSchedule.doubling(INTERVAL, Duration.ofSeconds(5)),
            false);

    /** The key of the map entry for all servers, if the file contains one password for all of them. */
    private static final LoginTarget ANY = new LoginTarget("*", 0);

    private final String user;
    private final String description;
    private final PasswordLookup lookup;
    private final boolean perServer;
    private final RefreshClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LoginTarget, Login> logins = new HashMap<>();
    private long generation = 1;
    private @Nullable String warned;
    private @Nullable RefreshListener listener;

    private FileCredentials(
            String user, String description, PasswordLookup lookup, boolean perServer, RefreshClock clock) {
        this.user = user;
        this.description = description;
        this.lookup = lookup;
        this.perServer = perServer;
        this.clock = clock;
    }

    /**
     * {@return a provider that reads a file whose whole content is the password}
     *
     * @param setting the variable that names the file, for messages
     */
    public static FileCredentials passwordFile(String user, Path file, String setting) {
        return passwordFile(user, file, setting, RefreshClock.SYSTEM);
    }

    static FileCredentials passwordFile(String user, Path file, String setting, RefreshClock clock) {
        PasswordFile reader = new PasswordFile(file, setting);
        return new FileCredentials(user, "password file " + file, target -> reader.read(), false, clock);
    }

    /**
     * {@return a provider that reads the matching lines of libpq's password file} Each server can have a different
     * line.
     *
     * @param database the database name that a line has to match
     * @param setting the variable that names the file, for messages
     */
    public static FileCredentials passfile(String user, Path file, String database, String setting) {
        return new FileCredentials(
                user,
                "password file of libpq " + file,
                new PassfileLine(file, database, user, setting),
                true,
                RefreshClock.SYSTEM);
    }

    @Override
    public boolean reportTo(RefreshListener notified) {
        lock.lock();
        try {
            listener = notified;
            logins.values().forEach(login -> login.refresher.reportTo(notified));
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        Login login = login(target);
        Duration longest = login.lastKnown() == null || budget.compareTo(REREAD_BUDGET) < 0 ? budget : REREAD_BUDGET;
        ReadBudget reading = ReadBudget.start(longest);
        try {
            boolean unused = login.refresher.fetchNow(Refresher.NOTHING_REFUSED);
        } catch (CredentialsException e) {
            if (login.lastKnown() == null) {
                throw e;
            }
            warnOnce(String.valueOf(e.getMessage()));
        } finally {
            reading.end();
        }
        return Objects.requireNonNull(login.lastKnown(), "a fetch that succeeds finds a password");
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        return login(target).refresher.newerThan(refused.generation(), budget);
    }

    @Override
    public CredentialsSet fetchNow(LoginTarget target, Duration budget) throws CredentialsException {
        return login(target).refresher.fetchOnce(budget);
    }

    private Login login(LoginTarget target) {
        lock.lock();
        try {
            LoginTarget key = perServer ? target : ANY;
            Login login = logins.get(key);
            if (login == null) {
                login = new Login(key);
                logins.put(key, login);
                if (listener != null) {
                    login.refresher.reportTo(listener);
                }
            }
            return login;
        } finally {
            lock.unlock();
        }
    }

    private void warnOnce(String message) {
        lock.lock();
        try {
            if (!message.equals(warned)) {
                warned = message;
                LoggerFactory.getLogger(CredentialsProvider.class)
                        .warn("{} The last password that was read stays in use.", message);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Holds the passwords for one server, or for every server if the file contains only one password. The candidates
     * are the newest password and the one before it, because a rotation can change either the file or the server first.
     */
    private final class Login implements RefreshSource.OfSets {

        private final LoginTarget target;
        private final Refresher<CredentialsSet> refresher =
                new Refresher<>(this, SCHEDULE, clock, RefreshThreads.EXECUTOR);
        private final AtomicLong reads = new AtomicLong();
        private volatile @Nullable CredentialsSet set;
        private long lastRead;
        private @Nullable String newest;
        private @Nullable String previous;

        Login(LoginTarget target) {
            this.target = target;
        }

        @Override
        public @Nullable CredentialsSet lastKnown() {
            return set;
        }

        @Override
        public boolean fetch(long refused) throws CredentialsException {
            long read = reads.incrementAndGet();
            // without the lock, because reading can hang
            String password = lookup.read(target);
            lock.lock();
            try {
                warned = null;
                // a read that was overtaken by a later one may have older content
                return read > lastRead && accept(read, password);
            } finally {
                lock.unlock();
            }
        }

        private boolean accept(long read, String password) {
            lastRead = read;
            CredentialsSet last = set;
            boolean changed = !password.equals(newest);
            if (changed && last != null) {
                // all servers share one generation, so that connecting to them in turn is not taken for a rotation
                generation++;
            }
            if (changed) {
                previous = newest;
                newest = password;
            }
            if (last == null || last.generation() != generation) {
                set = CredentialsSet.of(generation, candidates(password));
            }
            return changed;
        }

        private List<Credentials> candidates(String password) {
            Credentials first = Credentials.of(user, password, "newest");
            return previous == null ? List.of(first) : List.of(first, Credentials.of(user, previous, "previous"));
        }

        @Override
        public CredentialsException timeoutFailure(Duration budget) {
            return new CredentialsException(
                    "The " + description + " could not be read within " + budget.toMillis() + " ms.",
                    "Check the file system that it is on.",
                    null);
        }

        @Override
        public CredentialsException unexpectedFailure(Throwable unexpected) {
            return new CredentialsException(
                    "The " + description + " could not be read, because of "
                            + unexpected.getClass().getName() + ".",
                    "See the cause.",
                    unexpected);
        }
    }
}
