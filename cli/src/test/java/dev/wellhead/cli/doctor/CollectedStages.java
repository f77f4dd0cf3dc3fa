package dev.wellhead.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Collects the results of stages. */
final class CollectedStages implements StageListener {

    private final List<StageResult> results = new ArrayList<>();

    /** {@return the results of all stages of a session} */
    static List<StageResult> of(CheckedSession session) {
        CollectedStages stages = new CollectedStages();
        new SessionChecks(session, stages).all();
        return stages.results;
    }

    @Override
    public void started(Stage stage) {}

    @Override
    public void finished(StageResult result) {
        results.add(result);
    }

    List<StageResult> results() {
        return results;
    }
}
