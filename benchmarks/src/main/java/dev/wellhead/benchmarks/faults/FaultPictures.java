package dev.wellhead.benchmarks.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The faults whose course is drawn, and the files of their pictures. */
final class FaultPictures {

    private static final Map<String, String> FILES = Map.of(
            RotationFaults.DRAWN, "reliability-rotation.svg",
            FailoverFaults.DRAWN, "reliability-failover.svg");

    private FaultPictures() {}

    static Optional<String> fileName(Fault fault) {
        return Optional.ofNullable(FILES.get(fault.name()));
    }

    static String description(Fault fault) {
        return fault.title() + ": failed borrows and the longest borrow of each library over time";
    }

    /** Draws one round of a fault, if it is one of those that are drawn. */
    static void draw(Fault fault, Map<Contestant, Timeline> timelines, Path directory) throws IOException {
        Optional<String> file = fileName(fault);
        if (file.isPresent()) {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(file.get()), new TimelinePicture(fault.title(), timelines).svg());
        }
    }
}
