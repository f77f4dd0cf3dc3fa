package dev.wellhead.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the results of servers that are tested in parallel, and publishes them in the order of the servers: the
 * results of a server are held back until those before it have finished. Thread-safe.
 */
public final class OrderedResults {

    private final ExaminationListener listener;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<StageResult> published = new ArrayList<>();
    /** The index of the lane whose results are published immediately. */
    private int current;

    private boolean closed;

    public OrderedResults(ExaminationListener listener) {
        this.listener = listener;
    }

    /**
     * {@return a lane for the results of one server, which are published after those of the lanes before it}
     *
     * @param server {@code host:port}; empty for stages that are not about a single server
     */
    public synchronized Lane lane(String server) {
        Lane lane = new Lane(server);
        lanes.add(lane);
        return lane;
    }

    /** {@return all results} Publishes what is held back, and ignores everything after it. */
    public synchronized List<StageResult> close() {
        while (!closed && current < lanes.size()) {
            lanes.get(current).publish();
            current++;
        }
        closed = true;
        return List.copyOf(published);
    }

    /** {@return the stages that run, such as {@code tcp on db-1:5432, db-2:5432}; empty if none does} */
    public synchronized String activity() {
        Map<String, Set<String>> serversByStage = new LinkedHashMap<>();
        for (Lane lane : lanes) {
            if (lane.running != null) {
                Set<String> servers =
                        serversByStage.computeIfAbsent(lane.running.code(), stage -> new LinkedHashSet<>());
                if (!lane.server.isEmpty()) {
                    servers.add(lane.server);
                }
            }
        }
        List<String> parts = new ArrayList<>();
        serversByStage.forEach(
                (stage, servers) -> parts.add(servers.isEmpty() ? stage : stage + " on " + String.join(", ", servers)));
        return String.join("; ", parts);
    }

    /** The results of one server. */
    public final class Lane implements StageListener, AutoCloseable {

        private final String server;
        private final List<StageResult> heldBack = new ArrayList<>();
        private @Nullable Stage running;
        private boolean ended;

        private Lane(String server) {
            this.server = server;
        }

        @Override
        public void started(Stage stage) {
            synchronized (OrderedResults.this) {
                running = stage;
                showActivity();
            }
        }

        @Override
        public void finished(StageResult result) {
            synchronized (OrderedResults.this) {
                if (closed) {
                    return;
                }
                heldBack.add(server.isEmpty() ? result : result.at(server));
                if (lanes.get(current) == this) {
                    publish();
                }
            }
        }

        /** Ends the lane, so that the results of the next one are published. */
        @Override
        public void close() {
            synchronized (OrderedResults.this) {
                ended = true;
                running = null;
                while (!closed && current < lanes.size() - 1 && lanes.get(current).ended) {
                    current++;
                    lanes.get(current).publish();
                }
                showActivity();
            }
        }

        private void showActivity() {
            if (!closed) {
                listener.running(activity());
            }
        }

        private void publish() {
            for (StageResult result : heldBack) {
                published.add(result);
                listener.finished(result);
            }
            heldBack.clear();
        }
    }
}
