package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.internal.sources.Environments;
import dev.wellhead.internal.sources.SourceContents;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Problem.CheckedPlace;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reports required values that are missing from every source. A value whose key is misspelt is not missing. If values are
 * missing only because the name of the environment is misspelt, that is the only problem.
 */
final class MissingValues {

    private final DecisionState state;
    private final Problems problems;
    private final SourceContents contents;
    private final List<Problem> missing = new ArrayList<>(4);
    private final List<String> hints = new ArrayList<>(0);
    private final boolean isOfDatabases;
    private boolean haveDefaults = true;

    MissingValues(DecisionState state) {
        this.state = state;
        this.problems = state.problems();
        this.contents = state.contents();
        this.isOfDatabases = state.name().catalogue().isOfDatabases();
    }

    /** Checks the host and the database name. */
    void checkServer() {
        check(Settings.HOST, "host", "PGHOST");
        if (isOfDatabases) {
            check(Settings.NAME, "database name", "PGDATABASE");
        }
    }

    /** Checks the user. */
    void checkUser() {
        if (isOfDatabases || state.authentication().selected().requiresUser()) {
            check(Settings.USER, "user", "PGUSER");
        }
    }

    /** Adds that no source has a password, and lists the sources that were checked. */
    void addPassword(PassfileLookup passfile) {
        String user = state.values().get(Settings.USER);
        String shown = user == null ? "" : SafeText.quoted(user);
        List<CheckedPlace> checked = new ArrayList<>(List.of(
                contents.notSet(Settings.PASSWORD),
                contents.notSet(Settings.PASSWORD_FILE),
                contents.notSet(Settings.PASSWORD_COMMAND),
                contents.notSet(Settings.SECRET_FILE),
                contents.notSet(Settings.SECRET_ID)));
        if (isOfDatabases) {
            checked.add(passfile.checked());
        }
        add(
                Settings.PASSWORD,
                (shown.isEmpty() ? "There is no password" : "There is no password for user " + shown)
                        + variableNotSet(Settings.PASSWORD),
                checked,
                "Set one of them; " + state.name().variable(Settings.SECRET_ID) + " needs the wellhead-aws module.",
                "If the server asks for no password, set " + state.name().variable(Settings.AUTH) + " to none"
                        + (isOfDatabases ? ", or to certificate." : "."));
    }

    private void check(Setting<?> setting, String what, String libpqVariable) {
        if (state.values().isSet(setting)) {
            return;
        }
        List<CheckedPlace> checked = new ArrayList<>(4);
        checked.add(contents.notSet(setting));
        boolean isOfMigrations = state.name().ofMigrations().contains(setting);
        if (!isOfMigrations) {
            checked.add(new CheckedPlace(state.name().urlVariable(), contents.hasUrl() ? "has none" : "not set"));
        }
        if (state.suppliedServer() != null && setting != Settings.USER) {
            checked.add(new CheckedPlace(state.suppliedServer().source(), "has none"));
        }
        if (state.name().isUnnamed() && !isOfMigrations && isOfDatabases) {
            checked.add(new CheckedPlace(libpqVariable, "not set"));
        }
        Authentication authentication = state.authentication().selected();
        boolean hasNoDefault = setting == Settings.USER && authentication.requiresUser();
        haveDefaults &= !hasNoDefault;
        add(
                setting,
                "There is no " + what + variableNotSet(setting),
                checked,
                hasNoDefault
                        ? "Set one of them: " + authentication.login() + " is valid for one user, which has no default."
                        : "Set one of them; environment '"
                                + contents.environment().name() + "' has no default.");
    }

    /** The first line of a message names the variable, although others can be set in its place. */
    private String variableNotSet(Setting<?> setting) {
        return ": " + state.name().variable(setting) + " is not set.";
    }

    private void add(Setting<?> setting, String message, List<CheckedPlace> checked, String... fixes) {
        if (problems.isMisspelt(setting)) {
            return;
        }
        List<String> all = new ArrayList<>(fixes.length);
        boolean mayBeInUrl = false;
        for (NearMiss nearMiss : contents.unread()) {
            boolean isOtherLogin = setting == Settings.PASSWORD && nearMiss.setting() == Settings.AUTH;
            if (nearMiss.setting() == setting || isOtherLogin) {
                all.add(nearMiss.message());
            }
            mayBeInUrl |= nearMiss.suggestion().equals(state.name().urlVariable());
        }
        if (mayBeInUrl && all.isEmpty() && !missing.isEmpty()) {
            // the missing host has the hint of the URL
            return;
        }
        hints.addAll(all);
        all.addAll(List.of(fixes));
        missing.add(new Problem(
                ProblemCode.MISSING_VALUE, state.name().variable(setting), message, List.of(), checked, all));
    }

    /** Adds the problems. A misspelt name of the environment comes first. */
    void report() {
        String environment = contents.environment().name();
        Optional<String> similar = missing.isEmpty() || !contents.environment().isStrict()
                ? Optional.empty()
                : Environments.similar(environment);
        boolean isOnlyCause = similar.isPresent() && haveDefaults && !Environments.isStrict(similar.get());
        if (!isOnlyCause) {
            missing.forEach(problems::add);
        }
        if (similar.isPresent()) {
            if (isOnlyCause) {
                hints.add("If the name is right, set " + variables()
                        + ": a strict environment has no defaults for the server and the credentials.");
            }
            problems.addFirst(Problem.of(
                    ProblemCode.MISSING_VALUE,
                    Environments.VARIABLE,
                    Environments.unknown(environment, similar.get()),
                    List.of(Origin.Variable.of(Environments.VARIABLE)),
                    isOnlyCause ? hints : List.of()));
        }
    }

    /** {@return the variables of the missing values: {@code DB_HOST, DB_NAME and DB_USER}} */
    private String variables() {
        StringBuilder text = new StringBuilder();
        int last = missing.size() - 1;
        for (int i = 0; i <= last; i++) {
            text.append(i == 0 ? "" : i == last ? " and " : ", ")
                    .append(missing.get(i).setting());
        }
        return text.toString();
    }
}
