package dev.wellhead.internal.connect.tls;

import dev.wellhead.spi.FailureKind;
import java.io.Serial;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** The server's certificate was refused. The message is a clause that follows the server's name. */
public final class ServerCertificateException extends CertificateException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    private ServerCertificateException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static ServerCertificateException untrusted(String issuer, Throwable cause) {
        return new ServerCertificateException(
                FailureKind.TLS_UNTRUSTED,
                "its certificate was issued by '" + issuer + "', which no trusted root certificate vouches for",
                cause);
    }

    public static ServerCertificateException wrongHostName(String names) {
        return new ServerCertificateException(FailureKind.TLS_WRONG_HOST_NAME, "its certificate is for " + names, null);
    }

    public static ServerCertificateException expired(String message, Throwable cause) {
        return new ServerCertificateException(FailureKind.TLS_EXPIRED, message, cause);
    }

    public FailureKind kind() {
        return kind;
    }
}
