package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.RefreshListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one secret from the store, label by label. Before anything was refused only AWSCURRENT counts. After that the
 * labels are asked for in the order in which a rotation can have moved them, until one holds something new. Thread-safe.
 */
final class SecretReader implements Lookout.Secret {

    private static final Stage[] FIRST_LOOK = {Stage.CURRENT, Stage.PENDING, Stage.PREVIOUS};

    /** A refusal without a cause: likely a pending version that reads do not show yet. What is previous stays so. */
    private static final Stage[] LATER_LOOKS = {Stage.PENDING, Stage.CURRENT};

    private final String secretId;
    private final SecretStore store;
    private final StagedLogins logins;
    private final StoreMessages messages;
    private volatile @Nullable RefreshListener listening;

    SecretReader(String secretId, SecretStore store, StagedLogins logins, StoreMessages messages) {
        this.secretId = secretId;
        this.store = store;
        this.logins = logins;
        this.messages = messages;
    }

    @Override
    public @Nullable CredentialsSet known() {
        return logins.set();
    }

    @Override
    public CredentialsException late(Duration waited) {
        return messages.late(waited);
    }

    @Override
    public CredentialsException broken(Throwable thrown) {
        return messages.broken(thrown);
    }

    @Override
    public boolean look(int fruitless) throws CredentialsException {
        if (logins.set() == null) {
            return readCurrent();
        }
        CredentialsException unreadable = null;
        for (Stage stage : fruitless == 0 ? FIRST_LOOK : LATER_LOOKS) {
            try {
                if (read(stage)) {
                    log().info(
                                    "The server refused the credentials of {}; new ones are there ({}).",
                                    messages.description(),
                                    logins.label(stage));
                    return true;
                }
            } catch (CredentialsException e) {
                if (!isAboutLabel(e)) {
                    throw e;
                }
                log().debug("{}: {} cannot be read: {}", messages.description(), stage.label(), e.getMessage());
                logins.forget(stage);
                unreadable = stage == Stage.CURRENT ? e : unreadable;
            }
        }
        if (unreadable != null) {
            throw unreadable;
        }
        return false;
    }

    /** {@return whether the current version is another one than before} */
    boolean readCurrent() throws CredentialsException {
        return read(Stage.CURRENT);
    }

    /** From now on tells of every look. */
    void reportTo(RefreshListener listener) {
        listening = listener;
    }

    private boolean read(Stage stage) throws CredentialsException {
        long begin = System.nanoTime();
        try {
            boolean changed = logins.observe(store.get(secretId, stage));
            report(begin, true, changed);
            return changed;
        } catch (StoreException e) {
            // a label that nothing carries is an answer
            report(begin, e.failure() == StoreFailure.NOT_FOUND && stage != Stage.CURRENT, false);
            throw messages.of(e);
        } catch (CredentialsException e) {
            report(begin, false, false);
            throw e;
        }
    }

    private void report(long begin, boolean answered, boolean changed) {
        RefreshListener listener = listening;
        if (listener == null) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (answered) {
            listener.refreshed(took, changed);
        } else {
            listener.refreshFailed(took);
        }
    }

    /** A label that is not there, not allowed, or holds nothing usable is nothing to stop at: the others may do. */
    private static boolean isAboutLabel(CredentialsException e) {
        return !(e.getCause() instanceof StoreException store)
                || store.failure().isAboutLabel();
    }

    private static Logger log() {
        return LoggerFactory.getLogger(RotatingSecret.class);
    }
}
