package dev.wellhead.internal.sources;

import java.io.Serial;

/** A configuration file, or a file that it includes, must not be read. The message contains nothing of its content. */
final class UnusableConfigurationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String fix;

    UnusableConfigurationException(String problem, String fix) {
        super(problem);
        this.fix = fix;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String fix() {
        return fix;
    }
}
