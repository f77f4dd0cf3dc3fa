package dev.wellhead.internal.connect.tls;

import dev.wellhead.spi.FailureKind;
import java.io.Serial;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** The server's certificate was rejected. */
public final class ServerCertificateException extends CertificateException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final String reason;

    /** @param reason a clause that follows the name of the server */
    ServerCertificateException(FailureKind kind, String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.kind = kind;
        this.reason = reason;
    }

    /** {@return the class of the failure, one of those whose names begin with {@code TLS}} */
    public FailureKind kind() {
        return kind;
    }

    /** {@return what is wrong, as a clause that follows the name of the server} */
    public String reason() {
        return reason;
    }
}
