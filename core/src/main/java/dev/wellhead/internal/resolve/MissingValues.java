package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.Facts;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.AuthenticationKind;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports what a database cannot be opened without and nothing says. */
public final class MissingValues {

    private final Facts facts;
    private final Values values;
    private final @Nullable Completion completion;
    private final Problems problems;

    public MissingValues(Facts facts, Values values, @Nullable Completion completion, Problems problems) {
        this.facts = facts;
        this.values = values;
        this.completion = completion;
        this.problems = problems;
    }

    public void reportWhere() {
        report(Settings.HOST, "host", "PGHOST");
        report(Settings.NAME, "database name", "PGDATABASE");
    }

    public void reportUser() {
        report(Settings.USER, "user", "PGUSER");
    }

    public void reportPassword(PassfileLookup passfile) {
        String user = values.get(Settings.USER);
        String shown = user == null ? "" : SafeText.quoted(user);
        problems.add(new Problem(
                ProblemCode.MISSING_VALUE,
                facts.name().variable(Settings.PASSWORD),
                shown.isEmpty() ? "There is no password." : "There is no password for user " + shown + ".",
                List.of(),
                List.of(
                        facts.notSet(Settings.PASSWORD),
                        facts.notSet(Settings.PASSWORD_FILE),
                        facts.notSet(Settings.SECRET_ID),
                        passfile.checked()),
                List.of("Set one of them; " + facts.name().variable(Settings.SECRET_ID)
                        + " needs the wellhead-aws module.")));
    }

    private void report(Setting<?> setting, String what, String libpqVariable) {
        if (values.isSet(setting)) {
            return;
        }
        List<Problem.CheckedPlace> checked = new ArrayList<>(4);
        checked.add(facts.notSet(setting));
        checked.add(new Problem.CheckedPlace(facts.name().urlVariable(), facts.hasUrl() ? "has none" : "not set"));
        if (completion != null && setting != Settings.USER) {
            checked.add(new Problem.CheckedPlace(completion.source(), "has none"));
        }
        if (facts.name().isUnnamed()) {
            checked.add(new Problem.CheckedPlace(libpqVariable, "not set"));
        }
        List<String> fixes = new ArrayList<>();
        if (setting == Settings.HOST) {
            fixes.addAll(facts.hints());
        }
        boolean forToken = setting == Settings.USER && values.get(Settings.AUTH) == AuthenticationKind.IAM;
        fixes.add(
                forToken
                        ? "Set one of them: an authentication token is for one user, which has no default."
                        : "Set one of them; environment '" + facts.environment().name() + "' has no default.");
        problems.add(new Problem(
                ProblemCode.MISSING_VALUE,
                facts.name().variable(setting),
                "There is no " + what + ".",
                List.of(),
                checked,
                fixes));
    }
}
