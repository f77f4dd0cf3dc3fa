package dev.wellhead.examples.ledger;

import dev.wellhead.examples.ledger.common.Outage;
import dev.wellhead.testkit.LogCapture;
import java.util.List;

/** The messages about outages in a captured log. */
public final class OutageLog {

    private OutageLog() {}

    /** {@return the messages so far, in their order} */
    public static List<String> messages(LogCapture log) {
        return log.events().stream()
                .filter(event -> event.logger().equals(Outage.class.getName()))
                .map(LogCapture.Event::message)
                .toList();
    }
}
