package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.files.ReadBudget;
import dev.wellhead.internal.secret.SecretKeys;
import dev.wellhead.internal.secret.SecretLogin;
import dev.wellhead.internal.secret.SecretParser;
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
 * Reads a login from files, and detects when it changes: a file that contains only the password, the matching line of
 * libpq's password file, or a file or directory with the fields of a secret.
 *
 * <p>The files are read for every physical connection, as libpq does, and about once a second by the pool. Reading is
 * cheap and detects changes that time stamps do not show: a symbolic link that is replaced (as Kubernetes does), or a
 * second change within the resolution of the file system's clock. Thread-safe.
 */
public final class FileCredentials implements CredentialsProvider {

    /** Limits how often refused logins read the file. */
    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** How long a connection waits for the files; the last login can be used instead. */
    private static final Duration REREAD_BUDGET = Duration.ofMillis(500);

    private static final RefreshSchedule SCHEDULE = new RefreshSchedule(
            repeated -> INTERVAL,
            repeated -> INTERVAL,
            RefreshSchedule.doubling(INTERVAL, Duration.ofSeconds(5)),
            false);

    /** The key of the map entry for all servers, if the file contains one password for all of them. */
    private static final LoginTarget ANY = new LoginTarget("*", 0);

    private final String description;
    private final LoginLookup lookup;
    private final boolean perServer;
    private final RefreshClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LoginTarget, Login> logins = new HashMap<>();
    private long generation = 1;
    private @Nullable String warned;
    private @Nullable RefreshListener listener;

    private FileCredentials(String description, LoginLookup lookup, boolean perServer, RefreshClock clock) {
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
        LoginLookup lookup = new PasswordFile(user, file, subject(setting, file));
        return new FileCredentials("password file " + file, lookup, false, RefreshClock.SYSTEM);
    }

    /**
     * {@return a provider that reads two files, which change together}
     *
     * @param userSetting the variable that names the file of the user, for messages
     * @param setting the variable that names the file of the password, for messages
     */
    public static FileCredentials userAndPasswordFiles(Path userFile, String userSetting, Path file, String setting) {
        return userAndPasswordFiles(userFile, userSetting, file, setting, RefreshClock.SYSTEM);
    }

    static FileCredentials userAndPasswordFiles(
            Path userFile, String userSetting, Path file, String setting, RefreshClock clock) {
        LoginLookup lookup =
                new UserAndPasswordFiles(userFile, subject(userSetting, userFile), file, subject(setting, file), clock);
        return new FileCredentials("password file " + file + " and user file " + userFile, lookup, false, clock);
    }

    /**
     * {@return a provider that reads the fields of a secret from a file, or from a directory with one file per field}
     *
     * @param setting the variable that names the file or directory, for messages
     * @param keys the fields of user and password
     * @param user the user if the secret has none; null if no setting has one either
     * @param userVariable the variable that sets the user, for messages
     */
    public static FileCredentials secretFile(
            Path file, String setting, SecretKeys keys, @Nullable String user, String userVariable) {
        return secretFile(file, setting, keys, user, userVariable, RefreshClock.SYSTEM);
    }

    static FileCredentials secretFile(
            Path file,
            String setting,
            SecretKeys keys,
            @Nullable String user,
            String userVariable,
            RefreshClock clock) {
        String subject = subject(setting, file);
        SecretParser parser = new SecretParser(subject, keys, user, userVariable);
        LoginLookup lookup = new SecretFile(file, subject, parser, keys, clock);
        return new FileCredentials("secret file " + file, lookup, false, clock);
    }

    private static String subject(String setting, Path file) {
        return setting + " names " + file + ", which";
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

    /** Reads the files again, as for every connection. */
    @Override
    public CredentialsSet relocate(CredentialsSet known, LoginTarget target, Duration budget)
            throws CredentialsException {
        return current(target, budget);
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
                        .warn("{} The last login that was read stays in use.", message);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Holds the logins for one server, or for every server if the files contain only one login. The candidates are the
     * newest login and the one before it, because a rotation can change either the files or the server first.
     */
    private final class Login implements RefreshSource.OfSets {

        private final LoginTarget target;
        private final Refresher<CredentialsSet> refresher =
                new Refresher<>(this, SCHEDULE, clock, RefreshThreads.EXECUTOR);
        private final AtomicLong reads = new AtomicLong();
        private volatile @Nullable CredentialsSet set;
        private long lastRead;
        private @Nullable Credentials newest;
        private @Nullable Credentials previous;
        private @Nullable ServerLocation location;

        Login(LoginTarget target) {
            this.target = target;
        }

        @Override
        public @Nullable CredentialsSet lastKnown() {
            return set;
        }

        @Override
        public boolean fetch(long refused) throws CredentialsException {
            CredentialsSet last = set;
            boolean isRefused = last != null && refused >= last.generation();
            return fetch(isRefused);
        }

        @Override
        public boolean fetchAll() throws CredentialsException {
            lookup.settle();
            return fetch(false);
        }

        private boolean fetch(boolean isRefused) throws CredentialsException {
            long read = reads.incrementAndGet();
            // without the lock, because reading can hang
            SecretLogin found = lookup.read(target, isRefused);
            lock.lock();
            try {
                warned = null;
                // a read that was overtaken by a later one may have older content
                return read > lastRead && accept(read, found);
            } finally {
                lock.unlock();
            }
        }

        private boolean accept(long read, SecretLogin found) {
            lastRead = read;
            CredentialsSet last = set;
            Credentials known = newest;
            boolean isOtherLogin = known == null || !known.sameLogin(found.credentials());
            boolean changed = isOtherLogin || !Objects.equals(location, found.location());
            if (changed && last != null) {
                // all servers share one generation, so that connecting to them in turn is not taken for a rotation
                generation++;
            }
            if (isOtherLogin) {
                previous = known == null ? null : Credentials.of(known.user(), known.password(), "previous");
                newest = found.credentials();
            }
            location = found.location();
            if (last == null || last.generation() != generation) {
                CredentialsSet candidates = CredentialsSet.of(
                        generation,
                        previous == null ? List.of(found.credentials()) : List.of(found.credentials(), previous));
                set = found.location() == null ? candidates : candidates.at(found.location());
            }
            return changed;
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
