package dev.wellhead.spring.boot;

import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.ServerFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a database that cannot be connected to: what is wrong on each server, then what to do about it. */
final class ConnectionFailureAnalyzer extends AbstractFailureAnalyzer<ConnectionFailedException> {

    ConnectionFailureAnalyzer() {}

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConnectionFailedException cause) {
        if (cause.failures().isEmpty()) {
            return new FailureAnalysis(cause.getMessage(), null, cause);
        }
        List<String> descriptions = new ArrayList<>();
        Set<String> fixes = new LinkedHashSet<>();
        for (ServerFailure failure : cause.failures()) {
            descriptions.add(Paragraphs.lines("", failure.summary(), failure.source()));
            fixes.addAll(failure.fixes());
        }
        String action = Paragraphs.lines("", List.copyOf(fixes));
        return new FailureAnalysis(
                String.join(Paragraphs.BREAK, descriptions), action.isEmpty() ? null : action, cause);
    }
}
