package dev.wellhead.aws;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a secret that were read so far. The content gets a new generation only if it has a text that is worth
 * trying and that the last content did not have. Thread-safe.
 */
final class SecretVersions {

    private final Map<StagingLabel, SecretVersion> read = new EnumMap<>(StagingLabel.class);
    private @Nullable SecretContent content;

    /** {@return the last content, or null before the first version} */
    synchronized @Nullable SecretContent content() {
        return content;
    }

    /**
     * Adds a version.
     *
     * @param refused the generation whose logins a server refused; a content of another generation is not refused
     * @return whether the content has a new generation
     */
    synchronized boolean add(SecretVersion version, long refused) {
        SecretVersion before = read.put(version.label(), version);
        boolean isRotated = before == null || !before.id().equals(version.id());
        if (version.label() == StagingLabel.CURRENT && isRotated) {
            // Secrets Manager moves the other labels together with this one
            read.remove(StagingLabel.PENDING);
            read.remove(StagingLabel.PREVIOUS);
        }
        SecretContent last = content;
        boolean isRefused = last != null && last.generation() == refused;
        List<SecretVersion> versions = worthTrying(last != null && isRefused ? last.versions() : List.of());
        if (versions.isEmpty() || (last != null && !isNew(versions, last.versions(), isRefused))) {
            return false;
        }
        content = new SecretContent(last == null ? 1 : last.generation() + 1, versions);
        return true;
    }

    /** Removes the version that has a label, because it cannot be read. */
    synchronized void remove(StagingLabel label) {
        read.remove(label);
    }

    /**
     * {@return the versions to try, in the order of the labels, without repeated texts} A pending or previous version
     * that a server refused is left out. The current one stays, because the server can accept it later in the rotation.
     */
    private List<SecretVersion> worthTrying(List<SecretVersion> refused) {
        List<SecretVersion> versions = new ArrayList<>(3);
        for (SecretVersion version : read.values()) {
            boolean isWorthTrying = version.label() == StagingLabel.CURRENT || !contains(refused, version);
            if (isWorthTrying && !contains(versions, version)) {
                versions.add(version);
            }
        }
        return List.copyOf(versions);
    }

    /** {@return whether the versions differ from the last ones, so that trying them is worthwhile} */
    private static boolean isNew(List<SecretVersion> versions, List<SecretVersion> last, boolean isRefused) {
        // another order is new as well, unless a server refused every login of the last content
        if (!isRefused && !versions.get(0).hasSameText(last.get(0))) {
            return true;
        }
        for (SecretVersion version : versions) {
            if (!contains(last, version)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(List<SecretVersion> versions, SecretVersion version) {
        for (SecretVersion other : versions) {
            if (other.hasSameText(version)) {
                return true;
            }
        }
        return false;
    }
}
