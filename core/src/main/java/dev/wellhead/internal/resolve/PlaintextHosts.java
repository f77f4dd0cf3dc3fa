package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.Environments;
import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.ConnectionUrl;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which servers a strict environment may reach without TLS: those on loopback, with SSL mode {@code disable}, and
 * those that {@code plaintextHosts} lists. One SSL mode applies to all servers, so every one of them has to be permitted.
 */
final class PlaintextHosts {

    private static final String EXACT = "List each host by its exact name or address.";

    private final DecisionState state;
    private final List<HostAndPort> servers;
    private final @Nullable RawValue setting;
    private final List<String> listed = new ArrayList<>(0);

    /** @param servers all servers, including those of the reader */
    PlaintextHosts(DecisionState state, List<HostAndPort> servers) {
        this.state = state;
        this.servers = servers;
        this.setting = state.values().winner(Settings.PLAINTEXT_HOSTS);
        List<String> hosts = state.values().get(Settings.PLAINTEXT_HOSTS);
        if (hosts != null && setting != null && areExact(hosts, setting)) {
            listed.addAll(hosts);
        }
    }

    private boolean areExact(List<String> hosts, RawValue from) {
        for (String host : hosts) {
            String predicate = null;
            String fix = EXACT;
            if (host.indexOf('*') >= 0 || host.startsWith(".")) {
                predicate = "is a pattern. There is no setting that permits every host.";
            } else if (host.indexOf('/') > 0 && !host.contains("://")) {
                predicate = "is a range of addresses, not a host.";
            } else {
                HostSyntax.InvalidHost invalid = HostSyntax.check(
                        host, Settings.PLAINTEXT_HOSTS, state.name().catalogue());
                if (invalid != null) {
                    predicate = invalid.predicate();
                    fix = invalid.fix();
                }
            }
            if (predicate != null) {
                String shown = HostSyntax.mayBeLogin(host) ? "" : from.quoted(host);
                state.problems()
                        .add(
                                ProblemCode.INVALID_VALUE,
                                from,
                                from.key()
                                        + (shown.isEmpty()
                                                ? " contains an item that "
                                                : " contains " + shown + ", which ")
                                        + predicate,
                                fix);
                state.values().invalidate(Settings.PLAINTEXT_HOSTS);
                return false;
            }
        }
        return true;
    }

    /** Checks an SSL mode that is weaker than {@code require}. Adds a problem or, for servers that are listed, a warning. */
    void check(RawValue sslMode, SslMode mode) {
        List<String> refused = new ArrayList<>(1);
        List<String> exposed = new ArrayList<>(1);
        for (HostAndPort server : servers) {
            if (isListed(server.host())) {
                exposed.add(server.host());
            } else if (mode != SslMode.DISABLE || !HostNames.isLoopback(server.host())) {
                refused.add(server.host());
            }
        }
        if (!refused.isEmpty()) {
            refuse(sslMode, refused);
        } else if (!exposed.isEmpty() && setting != null) {
            state.warnings()
                    .add("The connection to " + String.join(", ", exposed)
                            + (mode == SslMode.DISABLE ? " is not encrypted: " : " may be unencrypted: ")
                            + sslMode.key() + " is '" + mode + "', and " + setting.key() + " permits it for "
                            + (exposed.size() == 1 ? "this host" : "these hosts")
                            + ". Anyone on the network path can read and change the traffic.");
        }
    }

    /** {@return whether a server that is not known yet may be permitted} It is checked when the secret has named it. */
    boolean mayPermit(SslMode mode) {
        return mode == SslMode.DISABLE || !listed.isEmpty();
    }

    /** Reports that the mode is too weak. */
    void refuse(RawValue sslMode, List<String> hosts) {
        List<String> fixes = new ArrayList<>(2);
        String environment = state.contents().environment().name();
        String similar = Environments.similar(environment).orElse("");
        if (!similar.isEmpty() && !Environments.isStrict(similar)) {
            fixes.add(Environments.unknown(environment, similar));
        }
        if (ConnectionUrl.isScheme(sslMode)) {
            fixes.add(state.name().acceptedUrls());
        }
        fixes.add("Use one of: require, verify-ca, verify-full; disable is allowed for servers on loopback.");
        if (!hosts.isEmpty()) {
            fixes.add("If you vouch for the network between this program and the server, add " + named(hosts) + " to "
                    + state.name().variable(Settings.PLAINTEXT_HOSTS) + ".");
        }
        state.problems()
                .add(
                        ProblemCode.SSL_MODE_TOO_WEAK,
                        sslMode,
                        sslMode.keyIs() + " weaker than environment '"
                                + state.contents().environment().name() + "' allows"
                                + (listed.isEmpty() || hosts.isEmpty() ? "." : " for " + named(hosts) + "."),
                        fixes.toArray(new String[0]));
    }

    /** A host of a URL is not shown, because it may be a part of a mistyped password. */
    private String named(List<String> hosts) {
        RawValue host = state.values().winner(Settings.HOST);
        return host != null && host.quoted(hosts.get(0)).isEmpty() ? "the " + host.key() : String.join(", ", hosts);
    }

    private boolean isListed(String host) {
        for (String item : listed) {
            if (item.equalsIgnoreCase(host)) {
                return true;
            }
        }
        return false;
    }
}
