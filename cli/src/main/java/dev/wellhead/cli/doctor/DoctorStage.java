package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.OriginJson;
import dev.wellhead.settings.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The stages in the order in which they run. */
public enum DoctorStage {
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
        return new StageResult(this, "", StageStatus.OK, "", text, "", Duration.ZERO, Map.of());
    }

    /** {@return a result that does not prevent the service from working} */
    StageResult warning(String text, String fix) {
        return new StageResult(this, "", StageStatus.WARNING, "", text, fix, Duration.ZERO, Map.of());
    }

    /**
     * {@return a failure}
     *
     * @param failure the class of failure for programs, such as {@code clock_skew}
     */
    StageResult failed(String failure, String text, String fix) {
        return new StageResult(this, "", StageStatus.FAILED, failure, text, fix, Duration.ZERO, Map.of());
    }

    /**
     * {@return a failure that includes the origins in its text, and the first origin as data}
     *
     * @param source the origins in words; may be empty
     * @param defaultFix used if there is no other fix
     */
    StageResult failed(
            String failure, String text, String source, List<Origin> origins, List<String> fixes, String defaultFix) {
        return failed(
                        failure,
                        source.isEmpty() ? text : text + " " + source,
                        fixes.isEmpty() ? defaultFix : fixes.get(0))
                .with(OriginJson.firstOf(origins));
    }

    /** {@return the result of a stage that did not run, because another stage failed} */
    StageResult notTested(DoctorStage failed) {
        String text = failed.code() + " failed";
        return new StageResult(this, "", StageStatus.NOT_TESTED, "", text, "", Duration.ZERO, Map.of());
    }

    /** {@return the name in output and JSON, such as {@code round_trip}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
