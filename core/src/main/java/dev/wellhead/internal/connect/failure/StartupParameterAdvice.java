package dev.wellhead.internal.connect.failure;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.ServerErrorMessage;

/** Finds the settings behind a parameter of the startup message that the server or a pooler refuses. */
final class StartupParameterAdvice {

    /** PgBouncer before 1.20 does not accept the parameter options, and no version accepts all others. */
    private static final String UNSUPPORTED = "unsupported startup parameter";

    private static final String INVALID_PARAMETER_VALUE = "22023";

    /** The settings that are sent as options, by the server's name of the option. */
    private static final List<Option> OPTIONS = List.of(
            new Option("statement_timeout", Settings.STATEMENT_TIMEOUT),
            new Option("lock_timeout", Settings.LOCK_TIMEOUT),
            new Option("idle_in_transaction_session_timeout", Settings.IDLE_IN_TRANSACTION_SESSION_TIMEOUT),
            new Option("default_transaction_read_only", Settings.READ_ONLY));

    private record Option(String name, Setting<?> setting) {}

    private final DatabaseSettings settings;
    private final List<Setting<?>> causes = new ArrayList<>(1);
    private final List<String> fixes = new ArrayList<>(2);

    private StartupParameterAdvice(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** {@return the advice; it has no fixes if the answer is not about a parameter} */
    static StartupParameterAdvice of(ServerErrorMessage answer, DatabaseSettings settings) {
        StartupParameterAdvice advice = new StartupParameterAdvice(settings);
        String message = String.valueOf(answer.getMessage());
        if (message.startsWith(UNSUPPORTED)) {
            advice.ofPooler(message);
        } else if (INVALID_PARAMETER_VALUE.equals(answer.getSQLState()) && message.contains("\"TimeZone\"")) {
            advice.ofTimeZone();
        }
        return advice;
    }

    /** {@return the settings that caused the parameter, for their origins} */
    Setting<?>[] causes() {
        return causes.toArray(new Setting<?>[0]);
    }

    List<String> fixes() {
        return fixes;
    }

    private void ofPooler(String message) {
        String parameter = message.substring(message.lastIndexOf(' ') + 1);
        if (parameter.equals("search_path")) {
            addIfSet(Settings.SCHEMA);
        } else {
            for (Option option : OPTIONS) {
                if (parameter.equals("options") || parameter.equals(option.name())) {
                    addIfSet(option.setting());
                }
            }
            if (parameter.equals("options") || causes.isEmpty()) {
                addIfSet(Settings.OPTIONS);
            }
        }
        String pooler = settings.variable(Settings.POOLER) + " to " + Pooler.PGBOUNCER;
        if (causes.isEmpty()) {
            fixes.add("Set " + pooler + ", or add the parameter to ignore_startup_parameters of PgBouncer.");
            return;
        }
        fixes.add("The parameter follows from " + variables() + ". Unset " + (causes.size() == 1 ? "it" : "them")
                + ", set " + pooler + ", and set the parameter for the role on the server: ALTER ROLE ... SET.");
        fixes.add("Or add the parameter to ignore_startup_parameters of PgBouncer, which then has no effect.");
    }

    private void addIfSet(Setting<?> setting) {
        boolean isOff = setting == Settings.READ_ONLY && !settings.get(Settings.READ_ONLY);
        if (!isOff && settings.find(setting).isPresent()) {
            causes.add(setting);
        }
    }

    private String variables() {
        StringBuilder variables = new StringBuilder();
        for (int i = 0; i < causes.size(); i++) {
            variables
                    .append(i == 0 ? "" : i == causes.size() - 1 ? " and " : ", ")
                    .append(settings.variable(causes.get(i)));
        }
        return variables.toString();
    }

    private void ofTimeZone() {
        String setting = settings.variable(Settings.TIME_ZONE);
        if (settings.find(Settings.TIME_ZONE).isPresent()) {
            causes.add(Settings.TIME_ZONE);
            fixes.add("Set " + setting + " to a name in the server's view pg_timezone_names, such as UTC.");
        } else {
            fixes.add("It is the time zone of the JVM. Set " + setting
                    + " to a time zone that the server has, such as UTC,"
                    + " or start the JVM with another one: -Duser.timezone=UTC.");
        }
    }
}
