package dev.wellhead.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every fault of the arena, in the order of the page. */
final class FaultCatalogue {

    private static final String ALL = "all";

    private FaultCatalogue() {}

    /** {@return the faults in groups; those of one group are injected at the same time} */
    static List<List<Fault>> groups() {
        List<List<Fault>> groups = new ArrayList<>();
        OutageFaults.all().forEach(fault -> groups.add(List.of(fault)));
        SilenceFaults.idle().forEach(fault -> groups.add(List.of(fault)));
        groups.add(SilenceFaults.inFlight());
        FailoverFaults.all().forEach(fault -> groups.add(List.of(fault)));
        groups.add(PasswordFileFaults.all());
        groups.addAll(RotationFaults.windows());
        groups.add(StoreFaults.all());
        groups.add(RotationFaults.others());
        return groups;
    }

    /**
     * {@return the groups of the selected faults}
     *
     * @param selection names separated by commas, or {@code all}
     * @throws IllegalArgumentException if a name is unknown
     */
    static List<List<Fault>> select(String selection) {
        Set<String> names = Set.of(selection.split(",", -1));
        List<String> known = new ArrayList<>();
        List<List<Fault>> selected = new ArrayList<>();
        for (List<Fault> group : groups()) {
            List<Fault> members = new ArrayList<>();
            for (Fault fault : group) {
                known.add(fault.name());
                if (selection.equals(ALL) || names.contains(fault.name())) {
                    members.add(fault);
                }
            }
            if (!members.isEmpty()) {
                selected.add(members);
            }
        }
        for (String name : names) {
            if (!name.equals(ALL) && !known.contains(name)) {
                throw new IllegalArgumentException(
                        "-Dfaults contains '" + name + "', which is unknown. Use: " + String.join(", ", known) + ".");
            }
        }
        return selected;
    }
}
