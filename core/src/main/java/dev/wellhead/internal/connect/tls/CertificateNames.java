package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.pem.Der;
import dev.wellhead.internal.pem.PemException;
import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.text.SafeText;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/**
 * The names that a certificate is valid for, by the rules of RFC 9525 and libpq: the subject alternative names of type
 * DNS and IP address. The common name counts only if the certificate has no subject alternative names at all. Source:
 * RFC 9525, section 6; PostgreSQL documentation, libpq chapter, "Client Verification of Server Certificates".
 */
final class CertificateNames {

    /** The tags of GeneralName (RFC 5280, section 4.2.1.6). */
    private static final int DNS = 0x82;

    private static final int IP_ADDRESS = 0x87;

    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;
    private static final int MOST_SHOWN = 5;
    private static final int LONGEST_SHOWN = 100;

    private final List<String> dns = new ArrayList<>();
    private final List<byte[]> addresses = new ArrayList<>();
    private final boolean malformed;
    /** Empty if it does not count. */
    private final String common;

    CertificateNames(X509Certificate certificate) {
        boolean hasAlternatives = true;
        boolean wellFormed = false;
        try {
            byte[] extension = Extensions.content(certificate, Extensions.SUBJECT_ALTERNATIVE_NAME);
            hasAlternatives = extension != null;
            wellFormed = extension == null || read(extension);
        } catch (PemException notDer) {
            // the certificate is valid for no name
        }
        this.malformed = !wellFormed;
        this.common = hasAlternatives ? "" : common(certificate);
    }

    /** Returns whether every name is well-formed. */
    private boolean read(byte[] extension) throws PemException {
        boolean wellFormed = true;
        Der names = Der.of(Der.single(extension, Der.SEQUENCE));
        while (names.tag() != Der.END) {
            int tag = names.tag();
            byte[] name = names.read(tag);
            if (tag == DNS) {
                // this decoding changes no byte, so that a name with other characters than ASCII matches nothing
                String text = new String(name, StandardCharsets.ISO_8859_1);
                wellFormed &= text.indexOf('\0') < 0;
                dns.add(text);
            } else if (tag == IP_ADDRESS) {
                wellFormed &= name.length == IPV4_LENGTH || name.length == IPV6_LENGTH;
                addresses.add(name);
            }
        }
        return wellFormed;
    }

    /** Returns the only common name of the subject; empty if there is none, or more than one. */
    private static String common(X509Certificate certificate) {
        List<String> names = commonNames(certificate);
        return names.size() == 1 && names.get(0).indexOf('\0') < 0 ? names.get(0) : "";
    }

    static List<String> commonNames(X509Certificate certificate) {
        List<String> names = new ArrayList<>(1);
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                Attribute common = part.toAttributes().get("CN");
                if (common != null) {
                    NamingEnumeration<?> values = common.getAll();
                    while (values.hasMore()) {
                        names.add(String.valueOf(values.next()));
                    }
                }
            }
        } catch (InvalidNameException malformed) {
            return List.of();
        } catch (NamingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return names;
    }

    /** Returns the DNS names, including wildcards. */
    List<String> dns() {
        return dns;
    }

    /** Returns whether the certificate is valid for this host name or literal address. */
    boolean cover(String host) {
        if (malformed) {
            return false;
        }
        boolean literal = HostNames.isLiteral(host);
        if (literal && coverAddress(host)) {
            return true;
        }
        for (String pattern : dns) {
            if (matches(pattern, host, literal)) {
                return true;
            }
        }
        return matches(common, host, literal);
    }

    private boolean coverAddress(String host) {
        byte[] wanted = canonicalAddress(host);
        return wanted != null && addresses.stream().anyMatch(address -> Arrays.equals(wanted, address));
    }

    /**
     * Returns the bytes of an address. Returns null for other spellings of IPv4 addresses ({@code 010.0.0.1},
     * {@code ::ffff:10.0.0.1}) and for IPv6 addresses with a zone, which programs understand differently.
     */
    private static byte @Nullable [] canonicalAddress(String host) {
        InetAddress address = HostNames.literal(host);
        if (address == null || host.indexOf('%') >= 0) {
            return null;
        }
        boolean canonical =
                host.indexOf(':') >= 0 ? address instanceof Inet6Address : host.equals(address.getHostAddress());
        return canonical ? address.getAddress() : null;
    }

    /** A wildcard is the whole left-most label. It matches exactly one label of a name, and no address. */
    private static boolean matches(String pattern, String host, boolean literal) {
        if (pattern.isEmpty()) {
            return false;
        }
        if (!pattern.startsWith("*.")) {
            return equalIgnoringCase(pattern, host);
        }
        int dot = host.indexOf('.');
        return !literal
                && dot > 0
                && pattern.length() > 2
                && equalIgnoringCase(pattern.substring(1), host.substring(dot));
    }

    /** Compares ASCII letters without case. {@link String#equalsIgnoreCase} also equates letters of other alphabets. */
    static boolean equalIgnoringCase(String one, String other) {
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (lowerCase(one.charAt(i)) != lowerCase(other.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** Returns the names for messages, such as {@code db.example.com, 10.0.0.1}. */
    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        for (String name : dns) {
            shown.add(SafeText.of(name, LONGEST_SHOWN));
        }
        for (byte[] address : addresses) {
            shown.add(text(address));
        }
        if (!common.isEmpty()) {
            shown.add(SafeText.of(common, LONGEST_SHOWN));
        }
        int others = shown.size() - MOST_SHOWN;
        if (others > 0) {
            return String.join(", ", shown.subList(0, MOST_SHOWN)) + " and " + others + " more names";
        }
        return shown.isEmpty() ? "no name" : String.join(", ", shown);
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException wrongLength) {
            return "a malformed address";
        }
    }
}
