package dev.wellhead.cli.doctor;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Checks that the PostgreSQL project still supports the version of the server. A version that is newer than the table
 * below is supported.
 */
final class VersionCheck {

    /** Enough time to plan and test an upgrade. */
    private static final int DAYS_OF_NOTICE = 180;

    private static final int OLDEST_KNOWN = 11;

    /** The final release of each major version. Source: postgresql.org, "Versioning Policy". */
    private static final Map<Integer, LocalDate> END_OF_LIFE = Map.of(
            OLDEST_KNOWN,
            LocalDate.of(2023, 11, 9),
            12,
            LocalDate.of(2024, 11, 21),
            13,
            LocalDate.of(2025, 11, 13),
            14,
            LocalDate.of(2026, 11, 12),
            15,
            LocalDate.of(2027, 11, 11),
            16,
            LocalDate.of(2028, 11, 9),
            17,
            LocalDate.of(2029, 11, 8),
            18,
            LocalDate.of(2030, 11, 14));

    private VersionCheck() {}

    /**
     * {@return the result of the stage}
     *
     * @param number {@code server_version_num}, such as 160004
     * @param version {@code server_version}, such as 16.4
     */
    static StageResult result(int number, String version, Clock clock) {
        int major = number / 10_000;
        String text = "PostgreSQL " + version;
        LocalDate endOfLife = END_OF_LIFE.get(major);
        if (endOfLife == null) {
            return major < OLDEST_KNOWN ? unsupported(text + ", which is no longer supported") : ok(text);
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        StageResult result;
        if (today.isAfter(endOfLife)) {
            result = unsupported(text + ", which has not been supported since " + endOfLife);
        } else if (today.plusDays(DAYS_OF_NOTICE).isAfter(endOfLife)) {
            result = DoctorStage.VERSION.warning(
                    text + ", supported until " + endOfLife, "Plan the upgrade to a newer major version.");
        } else {
            result = ok(text + ", supported until " + endOfLife);
        }
        return result.with("endOfLife", endOfLife.toString());
    }

    private static StageResult ok(String text) {
        return DoctorStage.VERSION.ok(text);
    }

    private static StageResult unsupported(String text) {
        return DoctorStage.VERSION.warning(text, "Upgrade to a supported major version.");
    }
}
