package dev.wellhead.internal.providers;

import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import java.util.List;

/**
 * A provider that cannot be created.
 *
 * @param service the service, such as {@code dev.wellhead.tls.TrustAnchorsProvider}
 * @param message what is wrong and in which jar or directory, as a sentence
 * @param fix what to do, as a sentence
 * @param cause what was thrown
 */
public record BrokenProvider(String service, String message, String fix, Throwable cause) {

    /** {@return the problem of a configuration that needs the providers of this service} */
    public Problem problem() {
        return Problem.of(ProblemCode.PROVIDER, service, message, List.of(), List.of(fix));
    }
}
