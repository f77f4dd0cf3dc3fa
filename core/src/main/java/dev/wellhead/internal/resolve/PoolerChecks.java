package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rejects settings that do not work behind a pooler in transaction mode. A transaction may run on any server connection
 * there, so session state is lost or affects other clients. Sources: PgBouncer documentation, "Feature matrix for
 * pooling modes"; Amazon RDS User Guide, "Avoiding pinning an RDS Proxy".
 */
final class PoolerChecks {

    private static final String BY_ROLE = "Set it for the role on the server: ALTER ROLE ... SET ";

    private static final Map<Setting<?>, String> ALTERNATIVES = Map.of(
            Settings.STATEMENT_TIMEOUT, BY_ROLE + "statement_timeout.",
            Settings.LOCK_TIMEOUT, BY_ROLE + "lock_timeout.",
            Settings.IDLE_IN_TRANSACTION_SESSION_TIMEOUT, BY_ROLE + "idle_in_transaction_session_timeout.",
            Settings.SCHEMA, BY_ROLE + "search_path.",
            Settings.OPTIONS, "Set each option for the role on the server: ALTER ROLE ... SET.",
            Settings.READ_ONLY, BY_ROLE + "default_transaction_read_only.",
            Settings.TRANSACTION_ISOLATION, BY_ROLE + "default_transaction_isolation.",
            Settings.CONNECTION_INIT_SQL, "Run it in each transaction that needs it.",
            Settings.PREPARE_THRESHOLD, "Set it to 0, or leave it unset, which means 0 behind a pooler.");

    /** The other modes change the session, or do not make the transactions of a reader read-only. */
    private static final String READ_ONLY_MODE = "driver.readOnlyMode";

    private final Problems problems;
    private final RankedValues values;

    PoolerChecks(DecisionState state) {
        this.problems = state.problems();
        this.values = state.values();
    }

    /** Turns off what a pooler of transactions does not support, and reports settings that need it. */
    void decide() {
        Pooler pooler = values.get(Settings.POOLER);
        if (pooler == null || pooler == Pooler.NONE) {
            return;
        }
        for (Setting<?> setting : values.settings()) {
            String alternative = alternative(setting);
            RawValue winner = values.winner(setting);
            if (alternative != null && winner != null && values.isConfigured(setting) && !isHarmless(setting)) {
                problems.add(
                        ProblemCode.NOT_WITH_POOLER,
                        winner,
                        winner.key() + " cannot be used behind pooler '" + pooler
                                + "', because transactions share server sessions.",
                        alternative);
            }
        }
        if (!values.isConfigured(Settings.PREPARE_THRESHOLD)) {
            values.derive(
                    Settings.PREPARE_THRESHOLD,
                    "0",
                    new Origin.Derived("follows from pooler '" + pooler + "'"),
                    problems);
        }
    }

    private static @Nullable String alternative(Setting<?> setting) {
        return setting.name().equals(READ_ONLY_MODE) ? "Use transaction, or leave it out." : ALTERNATIVES.get(setting);
    }

    private boolean isHarmless(Setting<?> setting) {
        Object value = values.get(setting);
        return value == null
                || (setting == Settings.READ_ONLY && value.equals(false))
                || (setting.name().equals(READ_ONLY_MODE) && value.equals("transaction"))
                || (setting == Settings.PREPARE_THRESHOLD && value.equals(0));
    }
}
