package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import java.util.List;

/** Decides the settings that migrations connect with, by the rules for those of the database. */
final class MigrationDecision {

    private MigrationDecision() {}

    /**
     * {@return the settings}
     *
     * @throws ConfigurationException if they are invalid or incomplete
     */
    static DecidedSettings decide(DecisionState ofDatabase, List<RawValue> overriding) {
        return SettingsDecision.decide(
                MigrationContents.of(ofDatabase.contents()), overriding, ofDatabase.suppliedServer(), new Problems());
    }

    /**
     * Reports what is wrong with the settings of migrations when those of the database are resolved. Values that are missing
     * are reported only when migrations connect: the role and its password may be known only where the database is migrated.
     */
    static void check(DecisionState ofDatabase, List<RawValue> overriding) {
        if (ofDatabase.name().isForMigrations() || !MigrationContents.isAnySet(ofDatabase.contents())) {
            return;
        }
        try {
            DatabaseSettings settings = decide(ofDatabase, overriding);
            for (String warning : settings.warnings()) {
                if (!ofDatabase.warnings().contains(warning)) {
                    ofDatabase.warnings().add(warning);
                }
            }
        } catch (ConfigurationException e) {
            for (Problem problem : e.problems()) {
                if (problem.code() != ProblemCode.MISSING_VALUE && !isReported(problem, ofDatabase.problems())) {
                    ofDatabase.problems().add(problem);
                }
            }
        }
    }

    /** The name of a key in a file differs, because it is that of the setting that is replaced. */
    private static boolean isReported(Problem problem, Problems reported) {
        for (Problem other : reported.all()) {
            boolean isSameValue = !problem.origins().isEmpty()
                    && problem.code() == other.code()
                    && problem.origins().equals(other.origins());
            if (isSameValue || problem.equals(other)) {
                return true;
            }
        }
        return false;
    }

    /** Warns if migrations use a pooler of transactions: the locks of Flyway and other tools belong to a session. */
    static void warnOfPooler(DecisionState state) {
        Pooler pooler = state.values().get(Settings.POOLER);
        if (state.name().isForMigrations() && pooler != null && pooler != Pooler.NONE) {
            String prefix = state.name().prefix();
            state.warnings()
                    .add("Migrations connect through pooler '" + pooler
                            + "', which does not keep a session: a lock for the whole migration can be lost, and SET has no effect"
                            + " on later transactions. Set " + prefix + Settings.MIGRATION_HOST.variable() + " or " + prefix
                            + Settings.MIGRATION_PORT.variable() + " to the server itself.");
        }
    }
}
