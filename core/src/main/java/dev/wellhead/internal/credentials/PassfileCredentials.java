package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.internal.files.Passfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Follows the lines of libpq's password file that match one database and role, each server's on its own. The file is
 * read for every physical connection, as libpq does.
 */
public final class PassfileCredentials implements CredentialsProvider {

    private final String user;
    private final Path file;
    private final String database;
    private final String setting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LoginTarget, CredentialsHistory> histories = new HashMap<>();
    private long generation = 1;
    private @Nullable String reported;
    private volatile @Nullable RefreshListener looks;

    public PassfileCredentials(String user, Path file, String database, String setting) {
        this.user = user;
        this.file = file;
        this.database = database;
        this.setting = setting;
    }

    @Override
    public boolean reportTo(RefreshListener listener) {
        looks = listener;
        return true;
    }

    @Override
    public String description() {
        return "password file of libpq " + file;
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        lock.lock();
        try {
            CredentialsHistory history = histories.get(target);
            CredentialsSet last = history == null ? null : history.set();
            try {
                return read(target);
            } catch (CredentialsException e) {
                if (last == null) {
                    throw e;
                }
                reportOnce(String.valueOf(e.getMessage()));
                return last;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        lock.lock();
        try {
            return read(target);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void accepted(CredentialsSet set, Credentials candidate) {
        lock.lock();
        try {
            for (CredentialsHistory history : histories.values()) {
                if (history.set() == set) {
                    history.accepted(candidate);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private CredentialsSet read(LoginTarget target) throws CredentialsException {
        long begin = System.nanoTime();
        long before = generation;
        boolean answered = false;
        try {
            CredentialsSet set = find(target);
            answered = true;
            return set;
        } finally {
            RefreshReport.tell(looks, begin, answered, generation != before);
        }
    }

    private CredentialsSet find(LoginTarget target) throws CredentialsException {
        Passfile.Match match = Passfile.find(file, target.host(), target.port(), database, user)
                .orElse(null);
        if (match == null) {
            throw noLine(target);
        }
        reported = null;
        CredentialsHistory history = histories.computeIfAbsent(target, first -> new CredentialsHistory(user));
        if (history.set() != null && history.isNews(match.password())) {
            // one number for the file as a whole: going to and fro between servers must not look like a rotation
            generation++;
        }
        return history.observe(match.password(), generation);
    }

    private CredentialsException noLine(LoginTarget target) {
        String ignored = Passfile.whyIgnored(file).orElse(null);
        if (ignored != null) {
            return new CredentialsException(setting + " is " + file + ", which is ignored: " + ignored + ".");
        }
        return new CredentialsException(
                setting + " is " + file + ", which has no line for host '" + target.host() + "', port " + target.port()
                        + ", database '" + database + "' and user '" + user + "'.",
                "Add one: host:port:database:user:password.",
                null);
    }

    private void reportOnce(String message) {
        if (!message.equals(reported)) {
            reported = message;
            LoggerFactory.getLogger(CredentialsProvider.class)
                    .warn("{} The last password that was read stays in use.", message);
        }
    }
}
