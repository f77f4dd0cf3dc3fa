package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.secret.SecretLogin;
import dev.wellhead.internal.secret.SecretParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The logins of one database in the content of a secret. A version without the fields of this database is ignored; if
 * no other version has them, the last logins stay in use. Thread-safe.
 */
final class SecretLogins {

    private final SecretParser parser;
    private @Nullable CredentialsSet set;
    private @Nullable ServerLocation location;
    private @Nullable CredentialsException unusable;
    private long lastContent;

    SecretLogins(SecretParser parser) {
        this.parser = parser;
    }

    /**
     * {@return the logins in {@code content}, or the last ones if it has none}
     *
     * @throws CredentialsException if there were none before either
     */
    synchronized CredentialsSet of(SecretContent content) throws CredentialsException {
        if (content.generation() > lastContent) {
            read(content);
        }
        CredentialsSet known = set;
        if (known == null) {
            throw restated(unusable);
        }
        return known;
    }

    /**
     * {@return the logins in {@code content}}
     *
     * @throws CredentialsException if it has none
     */
    synchronized CredentialsSet ofUsable(SecretContent content) throws CredentialsException {
        CredentialsSet found = of(content);
        if (unusable != null) {
            throw restated(unusable);
        }
        return found;
    }

    /**
     * {@return the logins in {@code content}}
     *
     * @throws CredentialsException if the current version is not usable, and nothing is newer than {@code known}
     */
    synchronized CredentialsSet newerThan(CredentialsSet known, SecretContent content) throws CredentialsException {
        CredentialsSet found = of(content);
        if (unusable != null && found.generation() <= known.generation()) {
            throw restated(unusable);
        }
        return found;
    }

    /** {@return whether {@code content} has another login or server than {@code refused}, or cannot be used} */
    synchronized boolean areOther(CredentialsSet refused, SecretContent content) {
        if (content.generation() > lastContent) {
            read(content);
        }
        CredentialsSet known = set;
        if (known == null || unusable != null || !known.location().equals(refused.location())) {
            return true;
        }
        for (Credentials candidate : known.candidates()) {
            if (!contains(refused.candidates(), candidate)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether there are logins to try} */
    synchronized boolean areKnown() {
        return set != null;
    }

    /** {@return whether the last content has no login for this database, so that it has to be corrected} */
    synchronized boolean areUnusable() {
        return unusable != null;
    }

    /** {@return the generation of the content that has nothing newer than {@code known}} */
    synchronized long generationOf(CredentialsSet known) {
        CredentialsSet last = set;
        return last != null && last.generation() == known.generation() ? lastContent : known.generation();
    }

    private void read(SecretContent content) {
        lastContent = content.generation();
        unusable = null;
        CredentialsException failure = null;
        List<Credentials> candidates = new ArrayList<>(content.versions().size());
        for (SecretVersion version : content.versions()) {
            boolean isCurrent = version.label() == StagingLabel.CURRENT;
            try {
                SecretLogin login = parser.parse(version.text(), version.toString());
                if (!contains(candidates, login.credentials())) {
                    candidates.add(login.credentials());
                }
                // The server of a pending version may not exist yet.
                location = isCurrent ? login.location() : location;
            } catch (CredentialsException e) {
                failure = isCurrent || failure == null ? e : failure;
            }
        }
        if (!candidates.isEmpty()) {
            CredentialsSet found = CredentialsSet.of(content.generation(), candidates);
            set = location == null ? found : found.at(location);
            return;
        }
        unusable = failure;
        if (set != null && failure != null) {
            LoggerFactory.getLogger(RotatingSecret.class)
                    .warn("{} The last good credentials stay in use.", failure.getMessage());
        }
    }

    private static boolean contains(List<Credentials> logins, Credentials login) {
        for (Credentials other : logins) {
            if (other.sameLogin(login)) {
                return true;
            }
        }
        return false;
    }

    /** {@return a new exception for each caller: the stack trace of another thread would mislead} */
    private static CredentialsException restated(@Nullable CredentialsException failure) {
        if (failure == null) {
            throw new IllegalStateException("a content without usable logins has a failure");
        }
        return new CredentialsException(failure.problem(), failure.fix(), null);
    }
}
