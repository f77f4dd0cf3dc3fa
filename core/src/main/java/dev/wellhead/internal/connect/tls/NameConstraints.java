package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.pem.Der;
import dev.wellhead.internal.pem.PemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the name constraints of authorities to DNS names, common names, and mail addresses. The JDK's path validation
 * applies the constraints of the other types, and ignores some names of these. Source: RFC 5280, section 4.2.1.10;
 * OpenSSL, NAME_CONSTRAINTS_check and NAME_CONSTRAINTS_check_CN.
 */
final class NameConstraints {

    /** The tags of NameConstraints. */
    private static final int PERMITTED = 0xA0;

    private final ChainPosition authority;
    private final List<NameSubtree> permitted = new ArrayList<>();
    private final List<NameSubtree> excluded = new ArrayList<>();

    private NameConstraints(ChainPosition authority, byte[] extension) throws PemException {
        this.authority = authority;
        Der lists = Der.of(Der.single(extension, Der.SEQUENCE));
        while (lists.tag() != Der.END) {
            List<NameSubtree> list = lists.tag() == PERMITTED ? permitted : excluded;
            Der subtrees = lists.enter(lists.tag());
            while (subtrees.tag() != Der.END) {
                Der base = subtrees.enter(Der.SEQUENCE);
                int type = base.tag();
                list.add(new NameSubtree(type, new String(base.read(type), StandardCharsets.ISO_8859_1)));
            }
        }
    }

    static void check(List<X509Certificate> chain) throws ServerCertificateException {
        for (int i = 1; i < chain.size(); i++) {
            ChainPosition authority = new ChainPosition(chain, i);
            NameConstraints constraints = of(authority);
            for (int below = 0; constraints != null && below < i; below++) {
                constraints.check(new ChainPosition(chain, below));
            }
        }
    }

    /** Returns the constraints of an authority; null if it has none. */
    private static @Nullable NameConstraints of(ChainPosition authority) throws ServerCertificateException {
        try {
            byte[] extension = Extensions.content(authority.certificate(), Extensions.NAME_CONSTRAINTS);
            if (extension == null) {
                return null;
            }
            new X509CertSelector().setNameConstraints(extension);
            return new NameConstraints(authority, extension);
        } catch (IOException | PemException malformed) {
            throw ServerCertificateException.invalid(
                    authority.text() + " has a malformed extension (name constraints)",
                    "Replace the authority's certificate.");
        }
    }

    private void check(ChainPosition position) throws ServerCertificateException {
        X509Certificate certificate = position.certificate();
        if (!position.isServer()
                && certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            // an authority may issue itself a certificate with a new key (RFC 5280, section 6.1.3)
            return;
        }
        ConstrainedNames names = ConstrainedNames.of(position);
        for (String name : names.mail()) {
            if (!permits(NameSubtree.MAIL, name)) {
                throw excluded(position, name);
            }
        }
        for (String name : names.dns()) {
            if (!permits(NameSubtree.DNS, name)) {
                throw excluded(position, name);
            }
        }
    }

    private boolean permits(int type, String name) {
        boolean isRestricted = false;
        boolean isPermitted = false;
        for (NameSubtree subtree : permitted) {
            isRestricted |= subtree.type() == type;
            isPermitted |= subtree.type() == type && subtree.contains(name);
        }
        boolean isExcluded = false;
        for (NameSubtree subtree : excluded) {
            // a name that cannot be compared may be an excluded one
            isExcluded |= subtree.type() == type && (subtree.contains(name) || !subtree.compares(name));
        }
        return (isPermitted || !isRestricted) && !isExcluded;
    }

    private ServerCertificateException excluded(ChainPosition position, String name) {
        return ServerCertificateException.invalid(
                "a name constraint of " + authority.text() + " excludes the name " + PrincipalText.quoted(name) + " of "
                        + position.text(),
                "Replace it with a certificate of an authority that is permitted to issue certificates for this name.");
    }
}
