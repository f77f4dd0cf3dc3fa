package dev.wellhead.internal.resolve;

import dev.wellhead.settings.ProblemCode;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Pairs hosts with ports as libpq does: one port for all hosts, or one per host. Source: PostgreSQL documentation, libpq
 * chapter, "Parameter Key Words" and "Specifying Multiple Hosts".
 */
public final class HostList {

    private static final int LONGEST_NAME = 253;
    private static final String NO_MORE = "/\\@?#()[]=&'\"<>{}|^`;!$*+~%";

    private final Values values;
    private final Problems problems;

    public HostList(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** {@return the servers; empty where no host is set or something is wrong, which then is a problem} */
    public List<HostAndPort> read(Setting<List<String>> hostSetting, Setting<List<Integer>> portSetting) {
        List<String> hosts = values.get(hostSetting);
        List<Integer> ports = values.get(portSetting);
        RawValue hostsFrom = values.winner(hostSetting);
        RawValue portsFrom = values.winner(portSetting);
        if (hosts == null || hostsFrom == null || !areValid(hosts, hostsFrom) || ports == null || portsFrom == null) {
            return List.of();
        }
        if (ports.size() != 1 && ports.size() != hosts.size()) {
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
            servers.add(new HostAndPort(hosts.get(i), ports.get(ports.size() == 1 ? 0 : i)));
        }
        return List.copyOf(servers);
    }

    private boolean areValid(List<String> hosts, RawValue from) {
        for (String host : hosts) {
            Complaint complaint = complaint(host, from);
            if (complaint != null) {
                String shown = from.quoted(host);
                problems.add(
                        ProblemCode.INVALID_VALUE,
                        from,
                        from.key() + (shown.isEmpty() ? " " : " has " + shown + ", which ") + complaint.what,
                        complaint.fix);
                return false;
            }
        }
        return true;
    }

    private static @Nullable Complaint complaint(String host, RawValue from) {
        if (host.startsWith("/") || host.startsWith("@")) {
            return new Complaint(
                    "is a Unix socket, which the driver cannot connect to.",
                    "Use a host name; a server on this machine also listens on localhost where listen_addresses says so.");
        }
        if (host.contains("://")) {
            return new Complaint("is a URL, not a host.", "Set the URL as DATABASE_URL.");
        }
        if (host.startsWith("[")) {
            return new Complaint(
                    "is in brackets, which belong in a URL alone.",
                    "Write the IPv6 address without brackets" + portHint(from));
        }
        if (host.indexOf('@') >= 0) {
            return new Complaint("has characters no host name has.", "Write the host name or address alone.");
        }
        int colon = host.indexOf(':');
        if (colon >= 0 && colon == host.lastIndexOf(':')) {
            return new Complaint("has a port.", "Write the host alone" + portHint(from));
        }
        if (colon >= 0) {
            return isAddress(host) ? null : new Complaint("is not an IPv6 address.", "Correct the address.");
        }
        return nameComplaint(host);
    }

    private static String portHint(RawValue from) {
        boolean reader = from.setting() == Settings.READER_HOST;
        return " and the port as " + (reader ? Settings.READER_PORT : Settings.PORT).name() + " ("
                + (reader ? "DB_READER_PORT" : "DB_PORT") + ").";
    }

    private static @Nullable Complaint nameComplaint(String host) {
        if (host.length() > LONGEST_NAME) {
            return new Complaint("is longer than a host name can be.", "Use at most 253 characters per host.");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c > 0x7e) {
                return new Complaint(
                        "has characters beyond ASCII.", "Write an internationalized name in its ASCII form, xn--...");
            }
            if (c <= ' ' || NO_MORE.indexOf(c) >= 0) {
                return new Complaint("has characters no host name has.", "Write the host name or address alone.");
            }
        }
        return null;
    }

    /** {@return whether the text, which has a colon, is an IPv6 address, with or without a zone} */
    private static boolean isAddress(String host) {
        return address(host) != null;
    }

    private static @Nullable InetAddress address(String host) {
        int zone = host.indexOf('%');
        try {
            // a text with a colon is never looked up, only parsed
            return InetAddress.getByName(zone < 0 ? host : host.substring(0, zone));
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** {@return whether the host is this machine by its very name: {@code localhost}, 127.0.0.0/8 or ::1} */
    public static boolean isLoopback(String host) {
        if (host.indexOf(':') >= 0) {
            InetAddress address = address(host);
            return address != null && address.isLoopbackAddress();
        }
        return host.toLowerCase(Locale.ROOT).equals("localhost") || isLoopbackV4(host);
    }

    private static boolean isLoopbackV4(String host) {
        if (!host.startsWith("127.")) {
            return false;
        }
        int parts = 1;
        int digits = 0;
        int number = 0;
        for (int i = 0; i <= host.length(); i++) {
            char c = i == host.length() ? '.' : host.charAt(i);
            if (c == '.') {
                if (digits == 0 || number > 255) {
                    return false;
                }
                parts += i == host.length() ? 0 : 1;
                digits = 0;
                number = 0;
            } else if (c >= '0' && c <= '9' && digits < 3) {
                number = number * 10 + (c - '0');
                digits++;
            } else {
                return false;
            }
        }
        return parts == 4;
    }

    private record Complaint(String what, String fix) {}
}
