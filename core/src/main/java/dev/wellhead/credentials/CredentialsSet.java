package dev.wellhead.credentials;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a provider at one moment: an ordered list of candidates, the most likely one first, and their
 * generation. Two sets of one provider with the same generation have the same logins; a later set has a higher
 * generation. Immutable and thread-safe.
 */
public final class CredentialsSet {

    private final long generation;
    private final List<Credentials> candidates;
    private final @Nullable ServerLocation location;

    private CredentialsSet(long generation, List<Credentials> candidates, @Nullable ServerLocation location) {
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("a set needs at least one candidate");
        }
        this.generation = generation;
        this.candidates = List.copyOf(candidates);
        this.location = location;
    }

    /**
     * {@return a set}
     *
     * @param generation increases with every change of the candidates; the first one can be any positive number
     * @param candidates at least one, the most likely one first
     */
    public static CredentialsSet of(long generation, List<Credentials> candidates) {
        return new CredentialsSet(generation, candidates, null);
    }

    /** {@return the same set with the server's location, if the source has one, as a secret can} */
    public CredentialsSet at(ServerLocation location) {
        return new CredentialsSet(generation, candidates, Objects.requireNonNull(location, "location"));
    }

    /** {@return the generation, which increases with every change} */
    public long generation() {
        return generation;
    }

    /** {@return at least one candidate, the most likely first} */
    public List<Credentials> candidates() {
        return candidates;
    }

    /** {@return the server's location, if the source has one} */
    public Optional<ServerLocation> location() {
        return Optional.ofNullable(location);
    }

    @Override
    public String toString() {
        return "CredentialsSet[generation=" + generation + ", candidates=" + candidates + "]";
    }
}
