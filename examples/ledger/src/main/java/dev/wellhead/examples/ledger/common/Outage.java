package dev.wellhead.examples.ledger.common;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when another service stops answering and when it answers again, and nothing for the failures in between. Thread-safe.
 */
public final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String service;
    private final String consequence;
    private final AtomicBoolean outage = new AtomicBoolean();

    /**
     * @param service the name of the service, with a capital letter
     * @param consequence a sentence that states what the ledger does during the outage
     */
    public Outage(String service, String consequence) {
        this.service = service;
        this.consequence = consequence;
    }

    /** Logs the failure if it is the first one since the last success. */
    public void failed(Exception failure) {
        String message = failure.getMessage();
        String text = message == null ? failure.getClass().getSimpleName() : message;
        if (outage.compareAndSet(false, true)) {
            LOG.warn("{} does not answer ({}). {}", service, text, consequence);
        }
    }

    /** Logs the end of an outage, if there is one. */
    public void ended() {
        if (outage.get() && outage.compareAndSet(true, false)) {
            LOG.info("{} answers again.", service);
        }
    }

    /** {@return whether the last use of the service succeeded; true before the first one} */
    public boolean isOver() {
        return !outage.get();
    }
}
