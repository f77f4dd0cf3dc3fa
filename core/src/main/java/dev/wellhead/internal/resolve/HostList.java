package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * Validates hosts and pairs them with ports as libpq does: one port for all hosts, or one per host. Source: PostgreSQL
 * documentation, libpq chapter, "Parameter Key Words" and "Specifying Multiple Hosts".
 */
final class HostList {

    private final DecisionState state;
    private final Problems problems;

    HostList(DecisionState state) {
        this.state = state;
        this.problems = state.problems();
    }

    /** {@return the servers; empty if no host is set or if a problem was added} */
    List<HostAndPort> read(Setting<List<String>> hostSetting, Setting<List<Integer>> portSetting) {
        List<String> hosts = state.values().get(hostSetting);
        List<Integer> ports = state.values().get(portSetting);
        RawValue hostsFrom = state.values().winner(hostSetting);
        RawValue portsFrom = state.values().winner(portSetting);
        if (hosts == null || hostsFrom == null || !areValid(hosts, hostsFrom) || ports == null || portsFrom == null) {
            return List.of();
        }
        boolean isOnePort = areEqual(ports);
        if (!isOnePort && ports.size() != hosts.size()) {
            if (state.contents().isIncomplete()) {
                // the hosts may be those of a source that is invalid
                return List.of();
            }
            problems.add(
                    ProblemCode.CONFLICTING_VALUES,
                    portsFrom,
                    hostsFrom,
                    portsFrom.key() + " lists " + ports.size() + " ports for " + hosts.size()
                            + (hosts.size() == 1 ? " host." : " hosts."),
                    "Give one port for all hosts, or one port per host in the same order.");
            return List.of();
        }
        List<HostAndPort> servers = new ArrayList<>(hosts.size());
        for (int i = 0; i < hosts.size(); i++) {
            servers.add(new HostAndPort(hosts.get(i), ports.get(isOnePort ? 0 : i)));
        }
        return List.copyOf(servers);
    }

    /** A URL that lists several hosts without a port has the default port for each. */
    private static boolean areEqual(List<Integer> ports) {
        for (Integer port : ports) {
            if (!port.equals(ports.get(0))) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether every host can be used} A problem is added for the first one that cannot. */
    private boolean areValid(List<String> hosts, RawValue from) {
        for (String host : hosts) {
            HostSyntax.InvalidHost invalid =
                    HostSyntax.check(host, from.setting(), state.name().catalogue());
            if (invalid != null) {
                String shown = HostSyntax.mayBeLogin(host) ? "" : from.quoted(host);
                problems.add(
                        ProblemCode.INVALID_VALUE,
                        from,
                        from.key() + (shown.isEmpty() ? " " : " contains " + shown + ", which ") + invalid.predicate(),
                        invalid.fix());
                state.values().invalidate(from.setting());
                return false;
            }
        }
        return true;
    }
}
