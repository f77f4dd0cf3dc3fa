package dev.wellhead.internal.text;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Recognises literal addresses and loopback names, without a name lookup. */
public final class HostNames {

    /** The name of this machine's loopback interface. */
    public static final String LOCALHOST = "localhost";

    private HostNames() {}

    /**
     * {@return whether connections to the host never leave this machine} This is the only rule for it: the host is
     * {@link #isLocalhost}, an address in 127.0.0.0/8 with four numbers, {@code ::1}, or such an IPv4 address in IPv6
     * notation. An IPv6 address may be in brackets, as in a URL. Every other name is decided by a name server or by a
     * file, so it does not count: {@code localhost.localdomain}, {@code host.docker.internal}.
     */
    public static boolean isLoopback(String host) {
        if (isLocalhost(host)) {
            return true;
        }
        boolean inBrackets = host.startsWith("[") && host.endsWith("]");
        InetAddress address = literal(inBrackets ? host.substring(1, host.length() - 1) : host);
        return address != null && address.isLoopbackAddress();
    }

    /**
     * {@return whether the host is {@code localhost} in any letter case, with or without a final dot} It resolves
     * without a name server. Source: RFC 6761, section 6.3.
     */
    public static boolean isLocalhost(String host) {
        return host.equalsIgnoreCase(LOCALHOST) || host.equalsIgnoreCase(LOCALHOST + ".");
    }

    /** {@return whether the host is an address: four decimal numbers, or any text with a colon} */
    public static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || isIpv4(host);
    }

    /** {@return the address of a literal, with or without an IPv6 zone; {@code null} if the host is not an address} */
    public static @Nullable InetAddress literal(String host) {
        if (!isLiteral(host)) {
            return null;
        }
        int zone = host.indexOf('%');
        String address = zone < 0 ? host : host.substring(0, zone);
        if (!mayBeAddress(address)) {
            return null;
        }
        try {
            // the JDK never resolves such a text as a name
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The JDK resolves other texts with a colon as names, and treats an empty text as the loopback address. */
    private static boolean mayBeAddress(String text) {
        if (text.startsWith(".")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ':' && c != '.' && (c >= 0x80 || Character.digit(c, 16) < 0)) {
                return false;
            }
        }
        return text.indexOf(':') >= 0 || isIpv4(text);
    }

    private static boolean isIpv4(String host) {
        int parts = 1;
        int digits = 0;
        int number = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.' && digits > 0) {
                parts++;
                digits = 0;
                number = 0;
            } else if (c >= '0' && c <= '9' && digits < 3) {
                number = number * 10 + (c - '0');
                digits++;
                if (number > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return parts == 4 && digits > 0;
    }
}
