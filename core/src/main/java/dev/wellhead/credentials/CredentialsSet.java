package dev.wellhead.credentials;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider knows at one moment: an ordered list of candidates, the most likely first, and the generation they
 * belong to. Two sets of one provider with the same generation hold the same logins; a later set has a higher
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
     * @param generation grows with every change of the candidates; starts where the provider likes
     * @param candidates at least one, the most likely first
     */
    public static CredentialsSet of(long generation, List<Credentials> candidates) {
        return new CredentialsSet(generation, candidates, null);
    }

    /** {@return the same set with the server's location, for sources that know it, such as a secret} */
    public CredentialsSet at(ServerLocation location) {
        return new CredentialsSet(generation, candidates, Objects.requireNonNull(location, "location"));
    }

    /** {@return the generation, unique per provider, growing} */
    public long generation() {
        return generation;
    }

    /** {@return at least one candidate, the most likely first} */
    public List<Credentials> candidates() {
        return candidates;
    }

    /** {@return where the server is, for sources that know} */
    public Optional<ServerLocation> location() {
        return Optional.ofNullable(location);
    }

    @Override
    public String toString() {
        return "CredentialsSet[generation=" + generation + ", candidates=" + candidates + "]";
    }
}
