package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.sources.SourceContents;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Problem.CheckedPlace;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Reports required values that are missing from every source. */
final class MissingValues {

    private final DecisionState state;
    private final Problems problems;
    private final SourceContents contents;

    MissingValues(DecisionState state) {
        this.state = state;
        this.problems = state.problems();
        this.contents = state.contents();
    }

    /** Reports a missing host and a missing database name. */
    void reportServer() {
        report(Settings.HOST, "host", "PGHOST");
        report(Settings.NAME, "database name", "PGDATABASE");
    }

    /** Reports a missing user. */
    void reportUser() {
        report(Settings.USER, "user", "PGUSER");
    }

    /** Reports that no source has a password, and lists the sources that were checked. */
    void reportPassword(PassfileLookup passfile) {
        String user = state.values().get(Settings.USER);
        String shown = user == null ? "" : SafeText.quoted(user);
        add(
                Settings.PASSWORD,
                shown.isEmpty() ? "There is no password." : "There is no password for user " + shown + ".",
                List.of(
                        contents.notSet(Settings.PASSWORD),
                        contents.notSet(Settings.PASSWORD_FILE),
                        contents.notSet(Settings.PASSWORD_COMMAND),
                        contents.notSet(Settings.SECRET_ID),
                        passfile.checked()),
                List.of(
                        "Set one of them; " + state.name().variable(Settings.SECRET_ID)
                                + " needs the wellhead-aws module.",
                        "If the server asks for no password, set "
                                + state.name().variable(Settings.AUTH) + " to none, or to certificate."));
    }

    private void report(Setting<?> setting, String what, String libpqVariable) {
        if (state.values().isSet(setting)) {
            return;
        }
        List<CheckedPlace> checked = new ArrayList<>(4);
        checked.add(contents.notSet(setting));
        checked.add(new CheckedPlace(state.name().urlVariable(), contents.hasUrl() ? "has none" : "not set"));
        if (state.suppliedServer() != null && setting != Settings.USER) {
            checked.add(new CheckedPlace(state.suppliedServer().source(), "has none"));
        }
        if (state.name().isUnnamed()) {
            checked.add(new CheckedPlace(libpqVariable, "not set"));
        }
        List<String> fixes = new ArrayList<>(2);
        if (setting == Settings.HOST) {
            fixes.addAll(contents.hints());
        }
        Authentication authentication = state.authentication().selected();
        fixes.add(
                setting == Settings.USER && authentication.requiresUser()
                        ? "Set one of them: " + authentication.login() + " is valid for one user, which has no default."
                        : "Set one of them; environment '"
                                + contents.environment().name() + "' has no default.");
        add(setting, "There is no " + what + ".", checked, fixes);
    }

    private void add(Setting<?> setting, String message, List<CheckedPlace> checked, List<String> fixes) {
        problems.add(new Problem(
                ProblemCode.MISSING_VALUE, state.name().variable(setting), message, List.of(), checked, fixes));
    }
}
