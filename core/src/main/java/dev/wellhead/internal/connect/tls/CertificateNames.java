package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.text.HostNames;
import java.net.IDN;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.postgresql.ssl.PGjdbcHostnameVerifier;

/**
 * The names that a certificate is valid for, by libpq's rules: the subject alternative names of type DNS and IP address.
 * The common name only counts if there is no DNS name and, for a literal address, no IP address either.
 *
 * @param dns DNS names; the first label may be a wildcard
 * @param addresses literal IP addresses
 * @param common the common name; empty if there is none
 */
record CertificateNames(List<String> dns, List<String> addresses, String common) {

    /** The types of subject alternative names (RFC 5280, GeneralName). */
    private static final int DNS = 2;

    private static final int IP_ADDRESS = 7;

    static CertificateNames of(X509Certificate certificate) {
        List<String> dns = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> name : alternatives) {
                    Object kind = name.get(0);
                    if (Integer.valueOf(DNS).equals(kind)) {
                        dns.add((String) name.get(1));
                    } else if (Integer.valueOf(IP_ADDRESS).equals(kind)) {
                        addresses.add((String) name.get(1));
                    }
                }
            }
        } catch (CertificateParsingException malformed) {
            return new CertificateNames(List.of(), List.of(), "");
        }
        return new CertificateNames(dns, addresses, common(certificate));
    }

    private static String common(X509Certificate certificate) {
        try {
            List<Rdn> parts = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
            for (int i = parts.size() - 1; i >= 0; i--) {
                if (parts.get(i).getType().equalsIgnoreCase("CN")) {
                    return parts.get(i).getValue().toString();
                }
            }
        } catch (InvalidNameException malformed) {
            return "";
        }
        return "";
    }

    /** Returns whether the certificate is valid for this host name or literal address. */
    boolean cover(String host) {
        boolean literal = HostNames.isLiteral(host);
        if (literal && coverAddress(host)) {
            return true;
        }
        String name = literal ? host : ascii(host);
        for (String pattern : dns) {
            if (matches(name, pattern, literal)) {
                return true;
            }
        }
        boolean commonCounts = dns.isEmpty() && !(literal && !addresses.isEmpty());
        return commonCounts && !common.isEmpty() && matches(name, common, literal);
    }

    private boolean coverAddress(String host) {
        InetAddress wanted = HostNames.literal(host);
        for (String address : addresses) {
            if (wanted != null && wanted.equals(HostNames.literal(address))) {
                return true;
            }
        }
        return false;
    }

    /** A wildcard matches one label of a name. An address has no labels (RFC 6125). */
    private static boolean matches(String host, String pattern, boolean literal) {
        return !(literal && pattern.indexOf('*') >= 0) && PGjdbcHostnameVerifier.INSTANCE.verifyHostName(host, pattern);
    }

    private static String ascii(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException notAName) {
            return name;
        }
    }

    /** Returns the names for messages, such as {@code db.example.com, 10.0.0.1}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String name : dns) {
            text.append(text.isEmpty() ? "" : ", ").append(name);
        }
        for (String address : addresses) {
            text.append(text.isEmpty() ? "" : ", ").append(address);
        }
        if (text.isEmpty()) {
            text.append(common.isEmpty() ? "no name" : common);
        }
        return text.toString();
    }
}
