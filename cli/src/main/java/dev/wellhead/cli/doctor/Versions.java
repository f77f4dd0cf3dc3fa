package dev.wellhead.cli.doctor;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** When a major version gets its last fixes. Source: PostgreSQL, "Versioning Policy". */
final class Versions {

    private static final int DAYS_OF_NOTICE = 180;

    private static final Map<Integer, LocalDate> END_OF_LIFE = Map.of(
            11, LocalDate.of(2023, 11, 9),
            12, LocalDate.of(2024, 11, 21),
            13, LocalDate.of(2025, 11, 13),
            14, LocalDate.of(2026, 11, 12),
            15, LocalDate.of(2027, 11, 11),
            16, LocalDate.of(2028, 11, 9),
            17, LocalDate.of(2029, 11, 8),
            18, LocalDate.of(2030, 11, 14));

    private Versions() {}

    /**
     * {@return what to say of a server}
     *
     * @param number as {@code server_version_num} has it, such as 160004
     * @param version as {@code server_version} has it
     */
    static Result result(int number, String version, Clock clock) {
        int major = number / 10_000;
        String text = "PostgreSQL " + version;
        Optional<LocalDate> end = Optional.ofNullable(END_OF_LIFE.get(major));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (end.isEmpty()) {
            return major < 11
                    ? Result.warning(Stage.VERSION, text + ", long past its end of life", upgrade())
                    : Result.ok(Stage.VERSION, text);
        }
        LocalDate day = end.get();
        if (today.isAfter(day)) {
            return Result.warning(Stage.VERSION, text + ", past its end of life on " + day, upgrade())
                    .with("endOfLife", day.toString());
        }
        String until = text + ", fixes until " + day;
        Result result = today.plusDays(DAYS_OF_NOTICE).isAfter(day)
                ? Result.warning(Stage.VERSION, until, "Plan the upgrade to a newer major version.")
                : Result.ok(Stage.VERSION, until);
        return result.with("endOfLife", day.toString());
    }

    private static String upgrade() {
        return "Upgrade to a supported major version.";
    }
}
