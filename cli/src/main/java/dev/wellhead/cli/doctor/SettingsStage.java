package dev.wellhead.cli.doctor;

import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of the stage {@code settings}, of a database and of a cache.
 *
 * @param stage the stage
 * @param explain the command that shows the settings
 */
public record SettingsStage(Stage stage, String explain) {

    /**
     * {@return the result for valid settings, with their warnings and the near misses that are not among them}
     *
     * @param text what was found
     */
    public StageResult valid(DatabaseSettings settings, SettingsRequest request, String text) {
        List<String> warnings = new ArrayList<>(settings.warnings());
        List<NearMiss> reported = SettingsResolver.unreadOf(settings);
        boolean isReported = warnings.contains(NearMiss.message(reported));
        for (NearMiss nearMiss : SettingsResolver.nearMisses(request)) {
            if (!warnings.contains(nearMiss.message()) && !(isReported && reported.contains(nearMiss))) {
                warnings.add(nearMiss.message());
            }
        }
        String found = settings.all().size() + " settings are valid" + text;
        StageResult result = warnings.isEmpty()
                ? StageResult.ok(stage, found)
                : StageResult.warning(
                        stage,
                        found + ". " + String.join(" ", warnings),
                        "Run '" + explain + "' to see the origin of each setting.");
        return result.with("warnings", warnings);
    }

    /** {@return one failed result per problem, so that each has its own fix} */
    public List<StageResult> invalid(ConfigurationException e) {
        return e.problems().stream()
                .map(problem -> StageResult.failed(
                                stage,
                                Failure.of(problem),
                                problem.message(),
                                "Run '" + explain + "' to see all settings.")
                        .with("code", problem.code().value())
                        .with("setting", problem.setting()))
                .toList();
    }
}
