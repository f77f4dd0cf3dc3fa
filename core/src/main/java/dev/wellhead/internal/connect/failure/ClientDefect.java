package dev.wellhead.internal.connect.failure;

import org.jspecify.annotations.Nullable;

/** Finds an exception that is a defect of this library, so that it is not reported as a fault of the server. */
final class ClientDefect {

    private static final String OURS = "dev.wellhead.";
    private static final String DRIVER = "org.postgresql.";

    private ClientDefect() {}

    /**
     * Returns the unchecked exception in the chain of causes; null if there is none, or if the driver threw it, which
     * it does when it cannot parse what a server sends.
     */
    static @Nullable RuntimeException in(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RuntimeException unchecked && !isOfDriver(unchecked)) {
                return unchecked;
            }
        }
        return null;
    }

    /** The frames before the first one of the driver or of this library are those of the JDK. */
    private static boolean isOfDriver(RuntimeException thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith(OURS)) {
                return false;
            }
            if (frame.getClassName().startsWith(DRIVER)) {
                return true;
            }
        }
        return false;
    }
}
