package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which login the server accepted last. There is one memory per pool: the connector uses it to order the
 * candidates, the pool to decide whether credentials are new. Thread-safe.
 *
 * <p>Each connection gets a generation number from here. The number grows if and only if the accepted login is a new
 * one, so everything that has to recognise a rotation only compares numbers.
 */
public final class LoginMemory {

    private final Map<LoginTarget, Credentials> acceptedByServer = new HashMap<>();

    /** The logins that were accepted from the last set. Servers of one list may have different passwords for a role. */
    private final List<Credentials> acceptedOfSet = new ArrayList<>(2);

    private @Nullable Credentials accepted;
    private long setGeneration = -1;
    private long generation = -1;
    private long place;
    private long moved = -1;
    private @Nullable PassedOver passedOver;

    /**
     * Candidates that the server refused before it accepted another login.
     *
     * @param ofSameSet whether that login was a candidate of the same set
     */
    private record PassedOver(long setGeneration, List<Credentials> refused, boolean ofSameSet) {}

    /**
     * An accepted login.
     *
     * @param generation the number of the connection's generation
     * @param isOtherCandidate whether another candidate or another set was accepted before
     */
    public record Accepted(long generation, boolean isOtherCandidate) {}

    /**
     * {@return the logins to try on {@code server}, in this order} The login that was accepted last comes first if it
     * is a candidate. If it is not, it is tried after the candidates, because a source may return older credentials
     * again.
     */
    public synchronized List<Credentials> order(CredentialsSet set, LoginTarget server) {
        Credentials acceptedHere = acceptedByServer.get(server);
        Credentials preferred = acceptedHere == null ? accepted : acceptedHere;
        List<Credentials> candidates = set.candidates();
        if (preferred == null) {
            return candidates;
        }
        List<Credentials> order = new ArrayList<>(candidates.size() + 1);
        boolean isCandidate = false;
        for (Credentials candidate : candidates) {
            if (candidate.sameLogin(preferred)) {
                isCandidate = true;
                order.add(0, candidate);
            } else {
                order.add(candidate);
            }
        }
        if (!isCandidate && acceptedHere != null && !isSameCandidate(set, acceptedHere)) {
            // after the server has refused the candidates once, each connect would be refused first
            order.add(isPassedOver(set) ? 0 : order.size(), acceptedHere);
        }
        return order;
    }

    /**
     * Records that {@code server} accepted {@code login}.
     *
     * @param set the set that was tried
     * @param refusedBefore the logins that the server refused in the same attempt
     */
    public synchronized Accepted accepted(
            CredentialsSet set, Credentials login, LoginTarget server, List<Credentials> refusedBefore) {
        boolean isCandidate = isAmong(set.candidates(), login);
        if (!refusedBefore.isEmpty()) {
            passedOver = new PassedOver(set.generation(), List.copyOf(refusedBefore), isCandidate);
        }
        boolean isKnown = isSameCandidate(set, login) || isAmong(acceptedOfSet, login);
        if (set.generation() < setGeneration) {
            // The attempt began before the credentials changed. With another login, its connection is an older one.
            return new Accepted(isKnown ? generation : generation - 1, false);
        }
        if (isOvertaken(set, login, server, refusedBefore)) {
            return new Accepted(generation - 1, false);
        }
        acceptedByServer.put(server, login);
        if (!isCandidate) {
            return new Accepted(generation, false);
        }
        boolean isOther = !isSameCandidate(set, login);
        if (!isKnown) {
            generation = Math.max(set.generation(), generation + 1);
        }
        if (set.generation() > setGeneration) {
            acceptedOfSet.clear();
        }
        if (!isOther) {
            acceptedOfSet.remove(accepted);
        }
        if (!isAmong(acceptedOfSet, login)) {
            acceptedOfSet.add(login);
        }
        accepted = login;
        setGeneration = set.generation();
        return new Accepted(generation, isOther);
    }

    /**
     * Returns whether the attempt chose its login before the server accepted the first candidate of the same set. The
     * connection is an older one: its login can have another user, whose sessions have to end.
     */
    private boolean isOvertaken(
            CredentialsSet set, Credentials login, LoginTarget server, List<Credentials> refusedBefore) {
        Credentials first = set.candidates().get(0);
        Credentials last = acceptedByServer.get(server);
        return set.generation() == setGeneration
                && last != null
                && last.sameLogin(first)
                && !login.sameLogin(first)
                && !isAmong(refusedBefore, first);
    }

    /** Records that {@code server} refused {@code login}: it is not tried in addition to the candidates any more. */
    public synchronized void refused(Credentials login, LoginTarget server) {
        Credentials last = acceptedByServer.get(server);
        if (last != null && last.sameLogin(login)) {
            acceptedByServer.remove(server);
        }
    }

    /**
     * {@return whether the first candidate of {@code set} is the login that was accepted last} A renewed authentication
     * token has another password, but it is the same candidate of the same set.
     */
    public synchronized boolean isAccepted(CredentialsSet set) {
        Credentials first = set.candidates().get(0);
        Credentials last = accepted;
        return last != null && (first.sameLogin(last) || isSameCandidate(set, first));
    }

    /**
     * {@return whether the first candidate of {@code set} is new and has to be proven with a connection} It is not if
     * no login was accepted yet, or if the server refused it and accepted another candidate of the same set.
     */
    public synchronized boolean needsProof(CredentialsSet set) {
        PassedOver last = passedOver;
        boolean isSettled = last != null && last.ofSameSet() && isPassedOver(set);
        return accepted != null && !isSettled && !isAccepted(set);
    }

    /** {@return whether the server has accepted another login of a newer set than {@code set}} */
    public synchronized boolean isOutdated(CredentialsSet set, Credentials login) {
        Credentials last = accepted;
        return last != null && setGeneration > set.generation() && !last.sameLogin(login);
    }

    /**
     * {@return whether {@code set} is newer than the one of the login that was accepted last, and has other candidates
     * than that login}
     */
    public synchronized boolean hasUntried(CredentialsSet set) {
        return accepted != null
                && set.generation() > setGeneration
                && set.candidates().size() > 1;
    }

    /**
     * {@return the generation of a connection to a place} A place that is used for the first time starts a generation,
     * as a new login does. A connection to an earlier place belongs to an older generation.
     *
     * @param number of the place
     * @param its the generation of its login
     */
    public synchronized long placed(long number, long its) {
        if (number < place) {
            return Math.min(its, generation - 1);
        }
        if (number > place) {
            place = number;
            generation++;
            moved = generation;
            return generation;
        }
        return its;
    }

    /** {@return whether {@code number} is the generation of a new place} */
    public synchronized boolean isMove(long number) {
        return number == moved;
    }

    /** {@return the number of the generation of the login that was accepted last; -1 before the first} */
    public synchronized long acceptedGeneration() {
        return generation;
    }

    /** {@return the label of the login that was accepted last; empty before the first} */
    public synchronized String acceptedLabel() {
        Credentials last = accepted;
        return last == null ? "" : last.label();
    }

    /** {@return whether the login has the set and the label of the accepted one: a renewed token, for example} */
    private boolean isSameCandidate(CredentialsSet set, Credentials login) {
        Credentials last = accepted;
        return last != null
                && set.generation() == setGeneration
                && login.label().equals(last.label());
    }

    /** {@return whether the server refused the first candidate of this set and then accepted another login} */
    private boolean isPassedOver(CredentialsSet set) {
        PassedOver last = passedOver;
        return last != null
                && last.setGeneration() == set.generation()
                && isAmong(last.refused(), set.candidates().get(0));
    }

    /** {@return whether one of the logins has the same user and password} */
    static boolean isAmong(List<Credentials> logins, Credentials login) {
        for (Credentials other : logins) {
            if (other.sameLogin(login)) {
                return true;
            }
        }
        return false;
    }
}
