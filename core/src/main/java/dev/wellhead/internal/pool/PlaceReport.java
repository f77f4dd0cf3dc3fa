package dev.wellhead.internal.pool;

import dev.wellhead.settings.ConfigurationException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the moves of one pool to another server or database, each event once. Thread-safe. */
final class PlaceReport {

    private final String subject;
    private final String source;
    private long warnedNumber = -1;

    /**
     * @param subject the beginning of each log line, such as {@code "Database 'ledger'"}
     * @param source the description of the credentials provider
     */
    PlaceReport(String subject, String source) {
        this.subject = subject;
        this.source = source;
    }

    /** {@return the description of the source that names the place} */
    String source() {
        return source;
    }

    /** @param proven the place in use; null at the start */
    void announced(@Nullable Place proven, Place next) {
        if (proven != null) {
            log().info("{}: {} names another place: {}. Trying it.", subject, source, next);
        }
    }

    /** Called if the place that the source names could not be reached. */
    synchronized void failed(Place announced, @Nullable Place proven, SQLException failure) {
        if (proven != null && announced.number() > warnedNumber) {
            warnedNumber = announced.number();
            log().warn(
                            "{}: the place that {} names now cannot be used: {}. New connections still go to the previous one:"
                                    + " {}. {}",
                            subject,
                            source,
                            announced,
                            proven,
                            failure.getMessage());
        }
    }

    void unusable(ConfigurationException failure) {
        log().warn(
                        "{}: the server that {} names now cannot be used. New connections still go to the previous"
                                + " one. {}",
                        subject,
                        source,
                        failure.getMessage());
    }

    void moved(Place proven) {
        log().info("{}: new connections go to the place that {} names now: {}.", subject, source, proven);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(PlaceReport.class);
    }
}
