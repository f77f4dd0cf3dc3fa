package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.text.SafeCauses;
import dev.wellhead.internal.text.SafeText;
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
    private final @Nullable String fix;

    /**
     * @param reason a clause that follows the name of the server
     * @param fix a sentence; null if the fix depends only on the kind
     */
    ServerCertificateException(FailureKind kind, String reason, @Nullable String fix, @Nullable Throwable cause) {
        super(SafeText.sentence(reason), SafeCauses.of(cause));
        this.kind = kind;
        this.reason = SafeText.sentence(reason);
        this.fix = fix;
    }

    /** A certificate breaks a rule. */
    static ServerCertificateException invalid(String reason, String fix) {
        return new ServerCertificateException(FailureKind.TLS_INVALID, reason, fix, null);
    }

    /** {@return the class of the failure, one of those whose names begin with {@code TLS}} */
    public FailureKind kind() {
        return kind;
    }

    /** {@return what is wrong, as a clause that follows the name of the server} */
    public String reason() {
        return reason;
    }

    /** {@return what the user can do, as a sentence; null if that depends only on the kind and the settings} */
    public @Nullable String fix() {
        return fix;
    }
}
