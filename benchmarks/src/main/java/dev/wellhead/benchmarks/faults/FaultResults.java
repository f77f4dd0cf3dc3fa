package dev.wellhead.benchmarks.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The results of one fault in all rounds. Not thread-safe. */
final class FaultResults {

    private final Fault fault;
    private final List<Map<Contestant, Figures>> rounds = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();

    FaultResults(Fault fault) {
        this.fault = fault;
    }

    /** Adds a round. */
    void add(Map<Contestant, Timeline> timelines) {
        Map<Contestant, Figures> round = new EnumMap<>(Contestant.class);
        timelines.forEach((contestant, timeline) -> round.put(contestant, timeline.figures()));
        rounds.add(round);
    }

    /** Adds a round in which the fault could not be injected. */
    void addNotInjected(Throwable reason) {
        String text = Objects.requireNonNullElse(reason.getMessage(), reason.toString());
        obstacles.add(text.lines().findFirst().orElseGet(reason::toString));
    }

    Fault fault() {
        return fault;
    }

    /** {@return whether the fault was injected in at least one round} */
    boolean isMeasured() {
        return !rounds.isEmpty();
    }

    /** {@return the figures of one library in every round; empty if it did not take part} */
    List<Figures> of(Contestant contestant) {
        List<Figures> figures = new ArrayList<>();
        for (Map<Contestant, Figures> round : rounds) {
            Figures ofRound = round.get(contestant);
            if (ofRound != null) {
                figures.add(ofRound);
            }
        }
        return figures;
    }

    /** {@return whether Wellhead kept its promise, in a word} */
    String kept() {
        if (!isMeasured()) {
            return "not measured";
        }
        return rounds.stream().allMatch(fault.promise()::isKept) ? "yes" : "**no**";
    }

    /** {@return for each round in which the fault could not be injected, the reason} */
    List<String> obstacles() {
        return obstacles;
    }
}
