package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.HostAndPort;
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
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the providers of trust anchors for every server: those set on the builder, then those on the class path. */
public final class KnownAnchors {

    private final List<TrustAnchorsProvider> registered;
    private final Problems problems;
    private final List<String> known = new ArrayList<>(1);
    private final List<String> unknown = new ArrayList<>(1);
    private final List<TrustAnchors> anchors = new ArrayList<>(1);
    private final Set<String> advice = new LinkedHashSet<>(1);
    private @Nullable List<TrustAnchorsProvider> found;

    private KnownAnchors(List<TrustAnchorsProvider> registered, Problems problems) {
        this.registered = registered;
        this.problems = problems;
    }

    public static KnownAnchors of(List<TrustAnchorsProvider> registered, List<HostAndPort> servers, Problems problems) {
        KnownAnchors result = new KnownAnchors(registered, problems);
        for (HostAndPort server : servers) {
            result.look(server.host());
        }
        return result;
    }

    private void look(String host) {
        Optional<TrustAnchors> forHost = ask(host);
        if (forHost.isPresent()) {
            known.add(host);
            if (!anchors.contains(forHost.get())) {
                anchors.add(forHost.get());
            }
        } else {
            unknown.add(host);
            advise(host);
        }
    }

    private void advise(String host) {
        for (TrustAnchorsProvider provider : registered) {
            provider.adviceFor(host).ifPresent(advice::add);
        }
        if (!HostList.isLoopback(host)) {
            for (TrustAnchorsProvider provider : found()) {
                provider.adviceFor(host).ifPresent(advice::add);
            }
        }
    }

    private Optional<TrustAnchors> ask(String host) {
        for (TrustAnchorsProvider provider : registered) {
            Optional<TrustAnchors> answer = provider.trustAnchorsFor(host);
            if (answer.isPresent()) {
                return answer;
            }
        }
        // finding providers costs a start some time, and none knows this machine
        return HostList.isLoopback(host) ? Optional.empty() : askFound(host);
    }

    private Optional<TrustAnchors> askFound(String host) {
        Optional<TrustAnchors> first = Optional.empty();
        String firstProvider = "";
        for (TrustAnchorsProvider provider : found()) {
            Optional<TrustAnchors> answer = provider.trustAnchorsFor(host);
            if (answer.isPresent() && first.isPresent()) {
                problems.add(
                        ProblemCode.PROVIDER,
                        "trustAnchors",
                        "Two modules have root certificates for host '" + host + "': " + firstProvider + " and "
                                + provider.getClass().getName() + ".",
                        List.of(),
                        "Remove one of them from the class path, or choose one with trustAnchors(...) on the builder.");
            } else if (answer.isPresent()) {
                first = answer;
                firstProvider = provider.getClass().getName();
            }
        }
        return first;
    }

    private List<TrustAnchorsProvider> found() {
        if (found == null) {
            found = from(Thread.currentThread().getContextClassLoader());
            if (found.isEmpty()) {
                // a container's own thread may not see the application: what is beside this class must count, or the
                // server would go unverified
                found = from(KnownAnchors.class.getClassLoader());
            }
        }
        return found;
    }

    private static List<TrustAnchorsProvider> from(@Nullable ClassLoader loader) {
        List<TrustAnchorsProvider> providers = new ArrayList<>(1);
        for (TrustAnchorsProvider provider : ServiceLoader.load(TrustAnchorsProvider.class, loader)) {
            providers.add(provider);
        }
        return providers;
    }

    public boolean coversAll() {
        return !known.isEmpty() && unknown.isEmpty();
    }

    public boolean coversSome() {
        return !known.isEmpty() && !unknown.isEmpty();
    }

    /** {@return the hosts nobody knows} */
    public String unknownHosts() {
        return String.join(", ", unknown);
    }

    /** {@return where to find the root certificates of hosts that nobody knows, one sentence each} */
    public List<String> advice() {
        return List.copyOf(advice);
    }

    /** {@return the anchors of all hosts that are known} */
    public TrustAnchors anchors() {
        return anchors.size() == 1 ? anchors.get(0) : new Union(List.copyOf(anchors));
    }

    /** One list of roots for all hosts of a list; the host name in the certificate still tells them apart. */
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
