package dev.wellhead.internal.files;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a file cannot be read. The message has neither the content nor the path, which may be a misplaced password.
 */
public final class UnreadableFileException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FileFault fault;
    private final String reason;

    UnreadableFileException(FileFault fault) {
        this(fault, "", null);
    }

    /** @param detail follows the reason of the fault, for example the size that is allowed */
    UnreadableFileException(FileFault fault, String detail, @Nullable IOException cause) {
        super("The file " + fault.reason() + detail + ".", cause);
        this.fault = fault;
        this.reason = fault.reason() + detail;
    }

    public FileFault fault() {
        return fault;
    }

    /** {@return the reason, to complete the sentence "DB_SSLROOTCERT names /etc/root.crt, which ..."} */
    public String reason() {
        return reason;
    }

    /** {@return what the user can do about it, as a sentence} */
    public String fix() {
        return fault.fix();
    }
}
