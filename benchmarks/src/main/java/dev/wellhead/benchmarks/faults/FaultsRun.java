package dev.wellhead.benchmarks.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Runs the selected faults for a number of rounds, draws the pictures and writes the page. */
public final class FaultsRun {

    private final List<List<Fault>> groups;
    private final int rounds;

    /**
     * @param selection names of faults separated by commas, or {@code all}
     * @throws IllegalArgumentException if a name is unknown
     */
    public FaultsRun(String selection, int rounds) {
        this.groups = FaultCatalogue.select(selection);
        this.rounds = rounds;
    }

    /**
     * {@return the text of the page}
     *
     * @param java the command that starts a JVM
     * @param benchmarks the directory of this module, in which the contestants are packaged
     * @param results the directory for the files of the run
     * @param pictures the directory for the pictures, which show the last round
     * @param conditions lines that describe the machine and the versions
     */
    public String perform(String java, Path benchmarks, Path results, Path pictures, String conditions)
            throws IOException, InterruptedException {
        Arena arena = new Arena(java, benchmarks, results);
        FaultsReport report = new FaultsReport();
        for (int round = 1; round <= rounds; round++) {
            for (List<Fault> group : groups) {
                System.out.println("round " + round + " of " + rounds + ": " + group);
                List<Future<Map<Contestant, Timeline>>> outcomes = arena.run(group);
                for (int i = 0; i < group.size(); i++) {
                    Fault fault = group.get(i);
                    try {
                        Map<Contestant, Timeline> timelines = outcomes.get(i).get();
                        report.of(fault).add(timelines);
                        FaultPictures.draw(fault, timelines, pictures);
                    } catch (ExecutionException e) {
                        System.out.println("the fault " + fault + " could not be injected");
                        e.printStackTrace(System.out);
                        report.of(fault).addNotInjected(Objects.requireNonNullElse(e.getCause(), e));
                    }
                }
            }
        }
        return report.text(conditions).replace(results.toString(), "DIRECTORY");
    }
}
