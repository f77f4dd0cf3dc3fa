package dev.wellhead.internal.connect.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Connections and certificates that are rejected although the check accepts every server. */
class ServerTrustManagerTest {

    private final ServerTrustManager manager = new ServerTrustManager((sent, keyExchange, socket) -> {});
    private final X509Certificate[] chain = {VariantAuthorities.ROOT.certificate()};

    @Test
    void checkServerTrusted_withoutTlsSocket_isRejected() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();

        try (Socket plain = new Socket()) {
            assertRejected(() -> manager.checkServerTrusted(chain, "UNKNOWN", plain));
        }
        assertRejected(() -> manager.checkServerTrusted(chain, "UNKNOWN", engine));
        assertRejected(() -> manager.checkServerTrusted(chain, "UNKNOWN"));
    }

    @Test
    void checkClientTrusted_everyConnection_isRejected() throws Exception {
        SSLContext context = SSLContext.getDefault();

        try (Socket socket = context.getSocketFactory().createSocket()) {
            assertRejected(() -> manager.checkClientTrusted(chain, "UNKNOWN", socket));
        }
        assertRejected(() -> manager.checkClientTrusted(chain, "UNKNOWN", context.createSSLEngine()));
        assertRejected(() -> manager.checkClientTrusted(chain, "UNKNOWN"));
        assertThat(manager.getAcceptedIssuers()).isEmpty();
    }

    private static void assertRejected(ThrowingCallable check) {
        assertThatThrownBy(check).isInstanceOf(CertificateException.class);
    }
}
