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
 * previous one, then the one that the server accepted last, since a read may lag behind another; all but the current
 * one only while the server has not refused them. A set gets a new generation only when it holds something worth trying
 * that the last one, or the refused one, did not. Thread-safe.
 */
final class StagedLogins {

    private final SecretShape shape;
    private final Map<Stage, SecretLogin> logins = new EnumMap<>(Stage.class);
    private @Nullable CredentialsSet set;
    private @Nullable CredentialsSet refused;
    private @Nullable Credentials accepted;

    StagedLogins(SecretShape shape) {
        this.shape = shape;
    }

    /** {@return the last set, or null before the first version} */
    synchronized @Nullable CredentialsSet set() {
        return set;
    }

    /** The server refused every candidate of a set. */
    synchronized void refused(CredentialsSet all) {
        CredentialsSet before = refused;
        if (before == null || before.generation() <= all.generation()) {
            refused = all;
        }
    }

    /** The server accepted a candidate. */
    synchronized void accepted(Credentials candidate) {
        refused = null;
        accepted = candidate;
    }

    /**
     * Takes in what a version says.
     *
     * @return whether the set has a new generation now
     */
    synchronized boolean observe(SecretVersion version) throws CredentialsException {
        SecretLogin read = shape.read(version);
        SecretLogin before = logins.put(version.stage(), read);
        if (version.stage() == Stage.CURRENT
                && (before == null || !before.versionId().equals(read.versionId()))) {
            // the other labels were moved with it
            logins.remove(Stage.PENDING);
            logins.remove(Stage.PREVIOUS);
        }
        CredentialsSet last = set;
        List<Credentials> candidates = candidates();
        boolean isNews = !candidates.isEmpty() && (last == null || isNews(candidates, last));
        if (isNews) {
            last = CredentialsSet.of(last == null ? 1 : last.generation() + 1, candidates);
        }
        if (last != null) {
            set = located(last);
        }
        return isNews;
    }

    /** The label is not there, or no longer. */
    synchronized void forget(Stage stage) {
        logins.remove(stage);
    }

    /** {@return what a person may read of the version with a label; the label alone where there is none} */
    synchronized String label(Stage stage) {
        SecretLogin login = logins.get(stage);
        return login == null ? stage.label() : login.credentials().label();
    }

    private CredentialsSet located(CredentialsSet at) {
        SecretLogin current = logins.get(Stage.CURRENT);
        ServerLocation location = current == null ? null : current.location();
        if (Objects.equals(location, at.location().orElse(null))) {
            return at;
        }
        CredentialsSet elsewhere = CredentialsSet.of(at.generation(), at.candidates());
        return location == null ? elsewhere : elsewhere.at(location);
    }

    private List<Credentials> candidates() {
        List<Credentials> candidates = new ArrayList<>(3);
        for (Map.Entry<Stage, SecretLogin> entry : logins.entrySet()) {
            addUnlessRefused(candidates, entry.getValue().credentials(), entry.getKey() == Stage.CURRENT);
        }
        Credentials last = accepted;
        if (last != null && !last.label().startsWith("last accepted")) {
            last = Credentials.of(last.user(), last.password(), "last accepted, " + last.label());
        }
        if (last != null) {
            addUnlessRefused(candidates, last, false);
        }
        return candidates;
    }

    private void addUnlessRefused(List<Credentials> candidates, Credentials login, boolean anyway) {
        CredentialsSet never = refused;
        boolean isRefused = never != null && contains(never.candidates(), login);
        if ((anyway || !isRefused) && !contains(candidates, login)) {
            candidates.add(login);
        }
    }

    private boolean isNews(List<Credentials> candidates, CredentialsSet last) {
        CredentialsSet never = refused;
        if (never == null && !candidates.get(0).sameLogin(last.candidates().get(0))) {
            return true;
        }
        List<Credentials> known = never == null ? last.candidates() : never.candidates();
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
}
