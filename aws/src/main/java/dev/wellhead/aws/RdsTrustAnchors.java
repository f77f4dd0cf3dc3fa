package dev.wellhead.aws;

import dev.wellhead.tls.TrustAnchors;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Supplies the root certificates of Amazon RDS for hosts in the regions of the bundle, and for global databases, which
 * are in several regions. The JVM's own roots are trusted too, because the certificates of RDS Proxy are issued by
 * Amazon Trust Services. For a host in another region there are no anchors, only advice on how to get them.
 */
public final class RdsTrustAnchors implements TrustAnchorsProvider {

    /** The regions whose root certificate is in the bundle; a test compares them with the certificates. */
    static final Set<String> REGIONS =
            Set.of(("af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 "
                            + "ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ca-central-1 eu-central-1 "
                            + "eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 me-central-1 "
                            + "me-south-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2")
                    .split(" "));

    private static final TrustAnchors ANCHORS = new Bundle();

    /** Called by {@link java.util.ServiceLoader}. */
    public RdsTrustAnchors() {}

    @Override
    public Optional<TrustAnchors> trustAnchorsFor(String host) {
        String region = RdsHost.region(host);
        boolean isCovered = region == null ? RdsHost.isGlobal(host) : REGIONS.contains(region);
        return isCovered ? Optional.of(ANCHORS) : Optional.empty();
    }

    @Override
    public Optional<String> adviceFor(String host) {
        String region = RdsHost.region(host);
        if (region == null || REGIONS.contains(region)) {
            return Optional.empty();
        }
        return Optional.of("Amazon publishes those of RDS in " + region + " at " + store(region) + "/" + region + "/"
                + region + "-bundle.pem.");
    }

    /** Source: Amazon RDS User Guide, "Using SSL/TLS to encrypt a connection", certificate bundles by region. */
    private static String store(String region) {
        if (region.startsWith("us-gov-")) {
            return "https://truststore.pki.us-gov-west-1.rds.amazonaws.com";
        }
        return region.startsWith("cn-")
                ? "https://rds-truststore.s3.cn-north-1.amazonaws.com.cn"
                : "https://truststore.pki.rds.amazonaws.com";
    }

    private static final class Bundle implements TrustAnchors {

        @Override
        public String description() {
            return "Amazon RDS root certificates (bundled with wellhead-aws) and the JVM's own";
        }

        @Override
        public Collection<X509Certificate> certificates() throws IOException, GeneralSecurityException {
            try (InputStream in = RdsTrustAnchors.class.getResourceAsStream("rds-roots.pem")) {
                if (in == null) {
                    throw new FileNotFoundException("The bundled RDS root certificates are missing from wellhead-aws.");
                }
                List<X509Certificate> roots = new ArrayList<>();
                for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    roots.add((X509Certificate) root);
                }
                return roots;
            }
        }

        @Override
        public boolean includesSystemRoots() {
            return true;
        }
    }
}
