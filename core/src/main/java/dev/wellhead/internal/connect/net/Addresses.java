package dev.wellhead.internal.connect.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Literal addresses, told apart from names without asking anybody. */
public final class Addresses {

    private Addresses() {}

    /** Whether {@code host} is an IPv4 address in four decimal parts, or an IPv6 address. */
    public static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || isIpv4(host);
    }

    private static boolean isIpv4(String host) {
        int parts = 1;
        int value = -1;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                if (value < 0) {
                    return false;
                }
                parts++;
                value = -1;
            } else if (c >= '0' && c <= '9') {
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return parts == 4 && value >= 0;
    }

    public static InetAddress parse(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException notLiteral) {
            throw new IllegalArgumentException("not a literal address", notLiteral);
        }
    }
}
