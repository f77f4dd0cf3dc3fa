package dev.wellhead.spring.boot;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a configuration that cannot be opened: every problem with its origin, then what to do about each. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {

    ConfigurationFailureAnalyzer() {}

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
        List<Problem> problems = cause.problems();
        if (problems.isEmpty()) {
            return new FailureAnalysis(cause.getMessage(), null, cause);
        }
        if (problems.size() == 1) {
            Problem problem = problems.get(0);
            return new FailureAnalysis(
                    Paragraphs.lines("", problem.message(), problem.source()),
                    Paragraphs.lines("", problem.fixes()),
                    cause);
        }
        List<String> descriptions = new ArrayList<>();
        List<String> actions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            Problem problem = problems.get(i);
            String number = i + 1 + ". ";
            names.add(problem.setting());
            descriptions.add(number + Paragraphs.lines("   ", problem.message(), problem.source()));
            actions.add(number + Paragraphs.lines("   ", problem.fixes()));
        }
        String summary = problems.size() + " settings need attention: " + String.join(", ", names) + ".";
        return new FailureAnalysis(
                summary + Paragraphs.BREAK + Paragraphs.BREAK + String.join(Paragraphs.BREAK, descriptions),
                String.join(Paragraphs.BREAK, actions),
                cause);
    }
}
