package dev.wellhead.junit.internal.clone;

import dev.wellhead.junit.TestMigrations;
import java.util.ArrayList;
import java.util.List;

/**
 * What a template contains. Equal sources share a template.
 *
 * @param migrations the migrations, in order; empty for those that are detected on the class path
 * @param scripts the locations of SQL scripts, in order
 */
public record TemplateSource(List<Class<? extends TestMigrations>> migrations, List<String> scripts) {

    /** Copies the lists. */
    public TemplateSource {
        migrations = List.copyOf(migrations);
        scripts = List.copyOf(scripts);
    }

    /** {@return the steps, in order} */
    List<MigrationStep> steps(ClassLoader loader) throws TestServerException {
        List<MigrationStep> steps = new ArrayList<>();
        for (Class<? extends TestMigrations> type : migrations) {
            steps.add(new CustomMigrations(type));
        }
        for (String script : scripts) {
            steps.add(SqlScript.at(script, loader));
        }
        if (steps.isEmpty()) {
            steps.addAll(DetectedMigrations.on(loader));
        }
        return steps;
    }
}
