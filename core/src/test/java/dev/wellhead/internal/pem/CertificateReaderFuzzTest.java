package dev.wellhead.internal.pem;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.testkit.ShownText;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** Reads any bytes as certificates, and recognizes what they are. */
class CertificateReaderFuzzTest {

    @FuzzTest
    void certificates_anyBytes_areThoseThatTheJdkReadsOrRefused(byte[] input) throws CertificateException {
        requireDescribed(input);
        List<X509Certificate> certificates;
        try {
            certificates = CertificateReader.read(input);
        } catch (PemException e) {
            requireHarmless(e);
            return;
        }
        if (certificates.isEmpty()) {
            throw new AssertionError("no certificate and no exception");
        }
        requireKnownToJdk(input, certificates);
    }

    private static void requireDescribed(byte[] input) {
        try {
            ContentKind kind = ContentRecognition.kindOf(input);
            ShownText.requireHarmless(kind.description() + kind.fix());
        } catch (PemException e) {
            requireHarmless(e);
        }
    }

    private static void requireHarmless(PemException e) {
        ShownText.requireHarmless(e);
        ShownText.requireHarmless(e.fix());
    }

    /** The JDK also reads blocks with other labels, but it refuses text that we skip. */
    private static void requireKnownToJdk(byte[] input, List<X509Certificate> certificates)
            throws CertificateException {
        Collection<? extends Certificate> known;
        try {
            known = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(input));
        } catch (CertificateException refused) {
            return;
        }
        if (!known.containsAll(certificates)) {
            throw new AssertionError(certificates.size() + " certificates, but the JDK reads " + known.size());
        }
    }
}
