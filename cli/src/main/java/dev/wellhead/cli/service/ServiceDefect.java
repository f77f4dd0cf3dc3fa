package dev.wellhead.cli.service;

import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import java.util.List;

/**
 * What is wrong with the variables of a service. Contains nothing sensitive.
 *
 * @param message a sentence
 * @param fix a sentence
 * @param prevents whether the service cannot be used because of it; otherwise it is a warning
 */
record ServiceDefect(String message, String fix, boolean prevents) {

    /** {@return a defect that prevents the use of a service} */
    Failure failure(NamedService service) {
        return new Failure(
                Failure.CONFIGURATION,
                Outcome.CONFIGURATION,
                "",
                message,
                service.key(),
                service.source(),
                service.origins(),
                List.of(fix));
    }
}
