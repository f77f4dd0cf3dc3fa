package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.ServerLocation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a secret's versions, as the candidates of one set: the current login first, then a pending or
 * previous one unless the server refused it already. A set gets a new generation only when it holds something worth
 * trying that the last one, or the refused one, did not. Not thread-safe.
 */
final class StagedLogins {

    private final SecretShape shape;
    private final Map<Stage, SecretLogin> logins = new EnumMap<>(Stage.class);
    private @Nullable CredentialsSet set;

    StagedLogins(SecretShape shape) {
        this.shape = shape;
    }

    /** {@return the last set, or null before the first version} */
    @Nullable
    CredentialsSet set() {
        return set;
    }

    /** {@return the set with what {@code version} says} */
    CredentialsSet observe(SecretVersion version, @Nullable CredentialsSet refused) throws CredentialsException {
        logins.put(version.stage(), shape.read(version));
        List<Credentials> candidates = candidates(refused);
        ServerLocation location = location();
        CredentialsSet last = set;
        CredentialsSet next;
        if (last == null) {
            next = CredentialsSet.of(1, candidates);
        } else if (isNews(candidates, last, refused)) {
            next = CredentialsSet.of(last.generation() + 1, candidates);
        } else if (Objects.equals(location, last.location().orElse(null))) {
            return last;
        } else {
            next = CredentialsSet.of(last.generation(), last.candidates());
        }
        next = location == null ? next : next.at(location);
        set = next;
        return next;
    }

    /** The label is not there, or no longer. */
    void forget(Stage stage) {
        logins.remove(stage);
    }

    private List<Credentials> candidates(@Nullable CredentialsSet refused) {
        List<Credentials> candidates = new ArrayList<>(3);
        for (Map.Entry<Stage, SecretLogin> entry : logins.entrySet()) {
            Credentials login = entry.getValue().credentials();
            boolean isRefused = refused != null && contains(refused.candidates(), login);
            if (!contains(candidates, login) && (entry.getKey() == Stage.CURRENT || !isRefused)) {
                candidates.add(login);
            }
        }
        return candidates;
    }

    private static boolean isNews(List<Credentials> candidates, CredentialsSet last, @Nullable CredentialsSet refused) {
        if (refused == null && !candidates.get(0).sameLogin(last.candidates().get(0))) {
            return true;
        }
        List<Credentials> known = refused == null ? last.candidates() : refused.candidates();
        for (Credentials candidate : candidates) {
            if (!contains(known, candidate)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(List<Credentials> logins, Credentials login) {
        for (Credentials other : logins) {
            if (other.sameLogin(login)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable ServerLocation location() {
        SecretLogin current = logins.get(Stage.CURRENT);
        return current == null ? null : current.location();
    }
}
