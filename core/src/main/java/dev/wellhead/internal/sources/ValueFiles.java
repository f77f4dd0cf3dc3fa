package dev.wellhead.internal.sources;

import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.TextFile;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.text.JsonShape;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.FollowedFile;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Setting.ValueKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads variables that end in {@code _FILE}, such as {@code DB_USER_FILE}: the value of the setting is the content of
 * the file, without one final line break. Every setting whose value is not a path itself has such a variable, and the
 * URL as well. Loaded only if there is such a variable.
 */
final class ValueFiles {

    /** The end of the variables that name the file of a value. */
    static final String SUFFIX = "_FILE";

    private final DatabaseName name;
    private final Map<String, String> variables;
    private final Problems problems;
    private final List<RawValue> values = new ArrayList<>();

    ValueFiles(DatabaseName name, Map<String, String> variables, Problems problems) {
        this.name = name;
        this.variables = variables;
        this.problems = problems;
    }

    /**
     * {@return the values in the files}
     *
     * @param fileVariables variables that end in {@code _FILE}; those of no setting are removed
     */
    List<RawValue> read(Set<String> fileVariables) {
        fileVariables.removeIf(variable -> !isRead(variable));
        return values;
    }

    /** {@return whether the variable belongs to the URL or a setting, even if its file cannot be used} */
    private boolean isRead(String variable) {
        String ofValue = variable.substring(0, variable.length() - SUFFIX.length());
        if (ofValue.equals(name.urlVariable())) {
            Path file = file(variable, ofValue);
            String url = file == null ? null : content(variable, file);
            if (file != null && url != null) {
                values.addAll(UrlInFile.parse(
                        name.catalogue(), url, variable, file, part -> origin(variable, file, part), problems));
            }
            return true;
        }
        Setting<?> setting = setting(ofValue);
        if (setting == null) {
            return false;
        }
        if (setting.kind() == ValueKind.FILE || setting.kind() == ValueKind.FILE_OR_PEM) {
            problems.add(
                    ProblemCode.UNKNOWN_SETTING,
                    variable,
                    variable + " is not a setting.",
                    Origin.Variable.of(variable),
                    "Set " + ofValue + ", whose value is the path of the file.");
            return true;
        }
        Path file = file(variable, ofValue);
        String text = file == null ? null : content(variable, file);
        if (file != null && text != null) {
            Origin origin = origin(variable, file, "");
            values.add(RawValue.of(setting, text, origin).in(new FollowedFile(file, false), origin));
        }
        return true;
    }

    private @Nullable Setting<?> setting(String variable) {
        return name.catalogue().ofVariable(variable.substring(name.prefix().length()));
    }

    private static Origin origin(String variable, Path file, String part) {
        return new Origin.ValueFile(variable, file.toString(), part);
    }

    /** {@return the file; null after a problem was added} A value must have only one of both variables. */
    private @Nullable Path file(String variable, String ofValue) {
        if (!variables.getOrDefault(ofValue, "").isBlank()) {
            problems.add(
                    ProblemCode.CONFLICTING_VALUES,
                    variable,
                    ofValue + " and " + variable + " are both set.",
                    List.of(Origin.Variable.of(ofValue), Origin.Variable.of(variable)),
                    "Keep one of them and unset the other.");
            return null;
        }
        try {
            return SettingValues.fileOfValue(variables.getOrDefault(variable, ""), ofValue);
        } catch (InvalidValueException e) {
            problems.add(
                    ProblemCode.UNUSABLE_FILE,
                    variable,
                    variable + " is " + e.getMessage() + ".",
                    Origin.Variable.of(variable),
                    e.fixes());
            return null;
        }
    }

    private @Nullable String content(String variable, Path file) {
        try {
            String text = TextFile.withoutFinalLineBreak(TextFile.text(file, FileKind.PASSWORD));
            if (text.isBlank()) {
                addUnusable(variable, file, "is empty", "Write the value into it.");
                return null;
            }
            if (text.charAt(0) == JsonShape.BYTE_ORDER_MARK) {
                addUnusable(variable, file, "starts with a byte order mark", "Save it as UTF-8 without one.");
                return null;
            }
            return text;
        } catch (UnreadableFileException e) {
            addUnusable(variable, file, e.reason(), e.fix());
            return null;
        }
    }

    private void addUnusable(String variable, Path file, String what, String fix) {
        problems.add(
                ProblemCode.UNUSABLE_FILE,
                variable,
                variable + " names " + file + ", which " + what + ".",
                Origin.Variable.of(variable),
                fix);
    }
}
