package dev.wellhead.internal.resolve;

import dev.wellhead.internal.providers.BrokenProvider;
import dev.wellhead.internal.providers.ServiceProviders;
import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.tls.TrustAnchors;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the trust anchors that providers supply for the servers. Providers set on the builder take precedence over
 * those on the class path.
 */
final class KnownTrustAnchors {

    private final List<TrustAnchorsProvider> registered;
    private final Problems problems;
    private final List<String> knownHosts = new ArrayList<>(1);
    private final List<String> unknownHosts = new ArrayList<>(1);
    private final List<TrustAnchors> anchors = new ArrayList<>(1);
    private final Set<String> advice = new LinkedHashSet<>(1);
    private @Nullable List<TrustAnchorsProvider> found;

    KnownTrustAnchors(List<TrustAnchorsProvider> registered, List<HostAndPort> servers, Problems problems) {
        this.registered = registered;
        this.problems = problems;
        for (HostAndPort server : servers) {
            add(server.host());
        }
    }

    /** Finds the trust anchors of one host. A registered provider takes precedence over those on the class path. */
    private void add(String host) {
        Optional<TrustAnchors> ofHost = firstOf(registered, host);
        if (ofHost.isEmpty()) {
            ofHost = onlyOf(onClassPath(host), host);
        }
        if (ofHost.isPresent()) {
            knownHosts.add(host);
            if (!anchors.contains(ofHost.get())) {
                anchors.add(ofHost.get());
            }
            return;
        }
        unknownHosts.add(host);
        addAdvice(registered, host);
        addAdvice(onClassPath(host), host);
    }

    private void addAdvice(List<TrustAnchorsProvider> providers, String host) {
        for (TrustAnchorsProvider provider : providers) {
            try {
                provider.adviceFor(host).ifPresent(advice::add);
            } catch (RuntimeException | LinkageError e) {
                addFailure(provider, host, e);
            }
        }
    }

    private Optional<TrustAnchors> anchorsOf(TrustAnchorsProvider provider, String host) {
        try {
            return Objects.requireNonNull(provider.trustAnchorsFor(host));
        } catch (RuntimeException | LinkageError e) {
            addFailure(provider, host, e);
            return Optional.empty();
        }
    }

    private void addFailure(TrustAnchorsProvider provider, String host, Throwable thrown) {
        String name = provider.getClass().getName();
        Problem problem = Problem.of(
                ProblemCode.PROVIDER,
                "trustAnchors",
                name + ", which supplies root certificates, failed for host '" + host + "' with "
                        + thrown.getClass().getName() + ".",
                List.of(),
                List.of("Update or remove the module that contains it, or report this defect to its authors."));
        if (!problems.all().contains(problem)) {
            problems.add(problem);
        }
    }

    /** {@return the anchors of the first provider that has some: the order of registration is a choice of the user} */
    private Optional<TrustAnchors> firstOf(List<TrustAnchorsProvider> providers, String host) {
        for (TrustAnchorsProvider provider : providers) {
            Optional<TrustAnchors> ofHost = anchorsOf(provider, host);
            if (ofHost.isPresent()) {
                return ofHost;
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the anchors of the only provider that has some} The order on the class path is not a choice, so two such
     * providers are a problem.
     */
    private Optional<TrustAnchors> onlyOf(List<TrustAnchorsProvider> providers, String host) {
        Optional<TrustAnchors> first = Optional.empty();
        String firstProvider = "";
        for (TrustAnchorsProvider provider : providers) {
            Optional<TrustAnchors> ofHost = anchorsOf(provider, host);
            if (ofHost.isPresent() && first.isPresent()) {
                problems.add(
                        ProblemCode.PROVIDER,
                        "trustAnchors",
                        "Two modules have root certificates for host '" + host + "': " + firstProvider + " and "
                                + provider.getClass().getName() + ".",
                        List.of(),
                        "Remove one of them from the class path, or select one with trustAnchors(...) on the builder.");
            } else if (ofHost.isPresent()) {
                first = ofHost;
                firstProvider = provider.getClass().getName();
            }
        }
        return first;
    }

    /**
     * {@return the providers on the class path; none for a loopback host} Loading the providers delays startup, and no
     * provider has certificates for a loopback host.
     */
    private List<TrustAnchorsProvider> onClassPath(String host) {
        if (HostNames.isLoopback(host)) {
            return List.of();
        }
        if (found == null) {
            List<BrokenProvider> broken = new ArrayList<>(0);
            found = ServiceProviders.all(TrustAnchorsProvider.class, broken);
            for (BrokenProvider provider : broken) {
                problems.add(provider.problem());
            }
        }
        return found;
    }

    /** {@return whether every server can be verified} */
    boolean coverAllHosts() {
        return !knownHosts.isEmpty() && unknownHosts.isEmpty();
    }

    /** {@return whether some servers can be verified and others cannot} Such a list of hosts is rejected. */
    boolean coverSomeHosts() {
        return !knownHosts.isEmpty() && !unknownHosts.isEmpty();
    }

    /** {@return the hosts without trust anchors} */
    String unknownHosts() {
        return String.join(", ", unknownHosts);
    }

    /** {@return sentences that explain where to find the root certificates of the hosts without trust anchors} */
    List<String> advice() {
        return List.copyOf(advice);
    }

    /** {@return the trust anchors of all known hosts} */
    TrustAnchors anchors() {
        return anchors.size() == 1 ? anchors.get(0) : new Union(List.copyOf(anchors));
    }

    /** Combines the root certificates of several hosts. Host name verification still distinguishes the servers. */
    private record Union(List<TrustAnchors> parts) implements TrustAnchors {

        @Override
        public String description() {
            StringBuilder text = new StringBuilder();
            for (TrustAnchors part : parts) {
                text.append(text.length() == 0 ? "" : " and ").append(part.description());
            }
            return text.toString();
        }

        @Override
        public Collection<X509Certificate> certificates() throws IOException, GeneralSecurityException {
            Set<X509Certificate> all = new LinkedHashSet<>();
            for (TrustAnchors part : parts) {
                all.addAll(part.certificates());
            }
            return all;
        }

        @Override
        public boolean includesSystemRoots() {
            for (TrustAnchors part : parts) {
                if (part.includesSystemRoots()) {
                    return true;
                }
            }
            return false;
        }
    }
}
