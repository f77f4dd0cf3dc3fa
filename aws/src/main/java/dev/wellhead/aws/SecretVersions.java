package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.ServerLocation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a secret that were read so far, as one set of candidates: the current login, then a pending and a
 * previous one that the server has not refused. The set gets a new generation only if it has a login that is worth
 * trying and that the last set did not have. Thread-safe.
 */
final class SecretVersions {

    private final Map<StagingLabel, SecretLogin> logins = new EnumMap<>(StagingLabel.class);
    private @Nullable CredentialsSet set;

    /** {@return the last set, or null before the first version} */
    synchronized @Nullable CredentialsSet set() {
        return set;
    }

    /**
     * Adds the version that has a label.
     *
     * @param refused the generation of the set that the server refused; a set with another generation is not refused
     * @return whether the set has a new generation
     */
    synchronized boolean add(StagingLabel label, SecretLogin login, long refused) {
        SecretLogin before = logins.put(label, login);
        boolean isRotated = before == null || !before.versionId().equals(login.versionId());
        if (label == StagingLabel.CURRENT && isRotated) {
            // Secrets Manager moves the other labels together with this one
            logins.remove(StagingLabel.PENDING);
            logins.remove(StagingLabel.PREVIOUS);
        }
        CredentialsSet last = set;
        List<Credentials> refusedLogins = last != null && last.generation() == refused ? last.candidates() : List.of();
        List<Credentials> candidates = candidates(refusedLogins);
        boolean isNew = !candidates.isEmpty() && (last == null || isNew(candidates, last, !refusedLogins.isEmpty()));
        if (isNew) {
            last = CredentialsSet.of(last == null ? 1 : last.generation() + 1, candidates);
        }
        set = last == null ? null : withLocation(last);
        return isNew;
    }

    /** Removes the version that has a label, because it cannot be read. */
    synchronized void remove(StagingLabel label) {
        logins.remove(label);
    }

    /** {@return the label and the shortened version id, for a log} */
    synchronized String describe(StagingLabel label) {
        SecretLogin login = logins.get(label);
        return login == null ? label.text() : login.credentials().label();
    }

    /**
     * {@return the logins to try, in the order of the labels, without repetitions} A pending or previous login that the
     * server refused is left out. The current one stays, because the server can accept it later in the rotation.
     */
    private List<Credentials> candidates(List<Credentials> refused) {
        List<Credentials> candidates = new ArrayList<>(3);
        for (Map.Entry<StagingLabel, SecretLogin> entry : logins.entrySet()) {
            Credentials login = entry.getValue().credentials();
            boolean isWorthTrying = entry.getKey() == StagingLabel.CURRENT || !contains(refused, login);
            if (isWorthTrying && !contains(candidates, login)) {
                candidates.add(login);
            }
        }
        return candidates;
    }

    /** {@return whether the candidates differ from those of the last set, so that trying them is worthwhile} */
    private static boolean isNew(List<Credentials> candidates, CredentialsSet last, boolean isRefused) {
        // another order is new as well, unless the server refused every login of the last set
        if (!isRefused && !candidates.get(0).sameLogin(last.candidates().get(0))) {
            return true;
        }
        for (Credentials candidate : candidates) {
            if (!contains(last.candidates(), candidate)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return the set with the server that the current version names} Only that version counts: the server of a
     * pending version may not exist yet.
     */
    private CredentialsSet withLocation(CredentialsSet last) {
        SecretLogin current = logins.get(StagingLabel.CURRENT);
        ServerLocation location = current == null ? null : current.location();
        if (Objects.equals(location, last.location().orElse(null))) {
            return last;
        }
        CredentialsSet without = CredentialsSet.of(last.generation(), last.candidates());
        return location == null ? without : without.at(location);
    }

    private static boolean contains(List<Credentials> logins, Credentials login) {
        for (Credentials other : logins) {
            if (other.sameLogin(login)) {
                return true;
            }
        }
        return false;
    }
}
