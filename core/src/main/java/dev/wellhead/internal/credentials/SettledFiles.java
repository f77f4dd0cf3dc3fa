package dev.wellhead.internal.credentials;

import dev.wellhead.internal.files.FileGroup;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.secret.SecretKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of user and password, which change together. Programs that write one after the other are between both for
 * a moment, so a new pair counts only when neither file has changed for half a second. A new user counts only with a
 * password file that was written as well; if only the user was written, the new user counts when the server refuses the
 * old one. Files that are replaced together count immediately. Thread-safe.
 */
final class SettledFiles {

    /** Longer than a program takes to write a few files one after the other. */
    private static final Duration SETTLED_AFTER = Duration.ofMillis(500);

    /** How often a caller that asked for the newest pair waits for a program that keeps writing. */
    private static final int LONGEST_WAIT = 4;

    private final String user;
    private final String password;
    private final FileKind kind;
    private final RefreshClock clock;
    private @Nullable FileGroup accepted;
    private @Nullable FileGroup pending;
    private long pendingSince;

    /** @param keys the names of both files in the group */
    SettledFiles(SecretKeys keys, FileKind kind, RefreshClock clock) {
        this.user = keys.user();
        this.password = keys.password();
        this.kind = kind;
        this.clock = clock;
    }

    /**
     * {@return the last files that belong together}
     *
     * @param isRefused whether the server refused the login in them
     */
    FileGroup read(Map<String, Path> files, boolean isRefused) throws UnreadableFileException {
        return accept(FileGroup.read(files, kind), false, isRefused);
    }

    /** Waits until the files do not change any more, for at most about two seconds. */
    void settle(Map<String, Path> files) throws UnreadableFileException {
        if (files.isEmpty()) {
            return;
        }
        FileGroup found = FileGroup.read(files, kind);
        for (int i = 0; i < LONGEST_WAIT && !isAcceptable(found); i++) {
            pause();
            FileGroup again = FileGroup.read(files, kind);
            if (again.isSameAs(found)) {
                FileGroup unused = accept(again, true, false);
                return;
            }
            found = again;
        }
    }

    private synchronized boolean isAcceptable(FileGroup found) {
        return accepted == null || found.isReplacedTogether() || found.isSameAs(accepted);
    }

    private synchronized FileGroup accept(FileGroup found, boolean isSettled, boolean isRefused) {
        FileGroup last = accepted;
        if (last == null || isAcceptable(found)) {
            return replace(found);
        }
        if (pending == null || !found.isSameAs(pending)) {
            pending = found;
            pendingSince = clock.nanoTime();
        }
        boolean settled = isSettled || clock.nanoTime() - pendingSince >= SETTLED_AFTER.toNanos();
        return settled && (isRefused || isWhole(found, last)) ? replace(found) : last;
    }

    /** {@return whether the password was written with the user} */
    private boolean isWhole(FileGroup found, FileGroup last) {
        String newUser = found.text(user);
        return newUser == null || newUser.equals(last.text(user)) || found.isWrittenSince(last, password);
    }

    private FileGroup replace(FileGroup found) {
        accepted = found;
        pending = null;
        return found;
    }

    private static void pause() {
        try {
            Thread.sleep(SETTLED_AFTER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
