package dev.wellhead.aws;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The store gave no secret. The message is a sentence for people and holds nothing sensitive. */
final class StoreException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final StoreFailure failure;

    StoreException(StoreFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    StoreFailure failure() {
        return failure;
    }
}
