package dev.wellhead.cli.doctor;

/** Is notified of the stages of one server, or of those before the servers, in their order. */
@FunctionalInterface
public interface StageListener {

    /** A stage begins. */
    default void started(Stage stage) {}

    /** A stage has a result. */
    void finished(StageResult result);
}
