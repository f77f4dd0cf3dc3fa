package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import java.util.List;

/**
 * Reports what is wrong with the settings of migrations together with the settings of the database. Values that are missing
 * are reported only when migrations connect: the role and its password may be known only where the database is migrated.
 */
final class MigrationProblems {

    private final DecisionState ofDatabase;

    MigrationProblems(DecisionState ofDatabase) {
        this.ofDatabase = ofDatabase;
    }

    /** Adds the warnings that the database does not have. */
    void addWarnings(List<String> warnings) {
        for (String warning : warnings) {
            if (!ofDatabase.warnings().contains(warning)) {
                ofDatabase.warnings().add(warning);
            }
        }
    }

    /** Adds the problems that the database does not have. */
    void add(List<Problem> problems) {
        for (Problem problem : problems) {
            if (problem.code() != ProblemCode.MISSING_VALUE && !isReported(problem, ofDatabase.problems())) {
                ofDatabase.problems().add(problem);
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
    static void warnOfPooler(DecisionState ofMigrations) {
        Pooler pooler = ofMigrations.values().get(Settings.POOLER);
        if (pooler != null && pooler != Pooler.NONE) {
            String prefix = ofMigrations.name().prefix();
            ofMigrations
                    .warnings()
                    .add("Migrations connect through pooler '" + pooler
                            + "', which does not keep a session: a lock for the whole migration can be lost, and SET has no effect"
                            + " on later transactions. Set " + prefix + Settings.MIGRATION_HOST.variable() + " or "
                            + prefix
                            + Settings.MIGRATION_PORT.variable() + " to the server itself.");
        }
    }
}
