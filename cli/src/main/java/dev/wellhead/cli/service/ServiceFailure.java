package dev.wellhead.cli.service;

import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.Setting;
import dev.wellhead.spi.FailureKind;
import java.io.Serial;
import java.util.List;

/** A stage of a service failed. Contains nothing sensitive. */
final class ServiceFailure extends Exception {

    /** The server speaks another protocol than the service. */
    static final String WRONG_PROTOCOL = "wrong_protocol";

    /** The server answers that it cannot serve requests at the moment. */
    static final String UNAVAILABLE = "unavailable";

    @Serial
    private static final long serialVersionUID = 1L;

    private final String kind;
    /** Those that the failure is about; empty for the address of the service. */
    private final transient List<Setting<?>> settings;

    private final Outcome outcome;
    private final String reason;
    private final String fix;

    private ServiceFailure(String kind, Outcome outcome, String reason, String fix, List<Setting<?>> settings) {
        super(reason);
        this.settings = settings;
        this.kind = kind;
        this.outcome = outcome;
        String safe = SafeText.sentence(reason);
        this.reason = safe.endsWith(".") ? safe : safe + ".";
        this.fix = fix;
    }

    /**
     * A failure that a database can have too.
     *
     * @param reason a clause whose subject is the server
     * @param fix a sentence
     */
    static ServiceFailure of(FailureKind kind, String reason, String fix) {
        return new ServiceFailure(
                kind.value(), kind.isTransient() ? Outcome.RETRY : Outcome.GIVE_UP, reason, fix, List.of());
    }

    /** The server speaks another protocol. */
    static ServiceFailure wrongProtocol(String reason, String fix) {
        return new ServiceFailure(WRONG_PROTOCOL, Outcome.GIVE_UP, reason, fix, List.of());
    }

    /** The server cannot serve requests at the moment. */
    static ServiceFailure unavailable(String reason, String fix) {
        return new ServiceFailure(UNAVAILABLE, Outcome.RETRY, reason, fix, List.of());
    }

    /** {@return what is wrong, as a clause whose subject is the server, with a full stop} */
    String reason() {
        return reason;
    }

    /** {@return the same failure, about settings of a cache} */
    ServiceFailure about(Setting<?>... ofCache) {
        return new ServiceFailure(kind, outcome, reason, fix, List.of(ofCache));
    }

    /** {@return the failure with the origins of the settings that it is about, or else of the service} */
    Failure failure(NamedService service) {
        NamedService place = service.withOrigins(settings);
        return new Failure(kind, outcome, "", reason, place.key(), place.source(), place.origins(), List.of(fix));
    }
}
