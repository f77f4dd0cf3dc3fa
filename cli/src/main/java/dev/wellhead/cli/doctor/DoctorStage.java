package dev.wellhead.cli.doctor;

import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import java.util.Locale;

/** The stages in the order in which they run. */
public enum DoctorStage implements Stage {
    /** The settings are valid. */
    SETTINGS,
    /** The source of the credentials supplies at least one login. */
    CREDENTIALS,
    /** This machine's clock is precise enough for AWS authentication tokens. */
    AWS_CLOCK,
    /** The host name of the server resolves. */
    DNS,
    /** The server accepts TCP connections and is a PostgreSQL server. */
    TCP,
    /** Encryption, and verification of the server's certificate. */
    TLS,
    /** The server accepts the login. */
    AUTHENTICATION,
    /** The database exists, and the privileges of the role in it. */
    DATABASE,
    /** The server is a primary or a standby, as targetServerType requires. */
    ROLE,
    /** The version of the server is supported. */
    VERSION,
    /** A connection pooler in front of the server, and the setting for it. */
    POOLER,
    /** The connection limits allow all pools. */
    HEADROOM,
    /** The server's clock agrees with this machine's. */
    CLOCK,
    /** The time for one statement. */
    ROUND_TRIP;

    /** {@return a result without anything to do} */
    StageResult ok(String text) {
        return StageResult.ok(this, text);
    }

    /** {@return a result that does not prevent the service from working} */
    StageResult warning(String text, String fix) {
        return StageResult.warning(this, text, fix);
    }

    /**
     * {@return a failure that no retry repairs}
     *
     * @param kind the failure kind for programs, such as {@code clock_skew}
     */
    StageResult failed(String kind, String text, String fix) {
        return failed(Failure.of(kind, Outcome.GIVE_UP, text, fix), text, fix);
    }

    /**
     * {@return a failure whose text is followed by its origins, with the first origin as data}
     *
     * @param defaultFix used if the failure has no fix
     */
    StageResult failed(Failure failure, String text, String defaultFix) {
        return StageResult.failed(this, failure, text, defaultFix);
    }

    /** {@return the result of a stage that did not run, because another stage failed} */
    StageResult notTested(DoctorStage failed) {
        return notTested(failed.code() + " failed");
    }

    /** {@return the result of a stage that did not run} */
    StageResult notTested(String text) {
        return StageResult.notTested(this, text);
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
