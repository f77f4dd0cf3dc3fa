package dev.wellhead.cli.doctor;

/** Is notified of the stages of one server, or of those before the servers, in their order. */
interface StageListener {

    /** A stage begins. */
    void started(DoctorStage stage);

    /** A stage has a result. */
    void finished(StageResult result);
}
