package dev.wellhead.settings;

import java.util.ArrayList;
import java.util.List;

/** Reads every source, the strongest first. */
final class Sources {

    private final SettingsRequest request;
    private final DatabaseName name;
    private final Problems problems;
    private final List<String> warnings = new ArrayList<>();

    Sources(SettingsRequest request, DatabaseName name, Problems problems) {
        this.request = request;
        this.name = name;
        this.problems = problems;
    }

    Facts read() {
        Environment environment = Environments.of(request.variables(), warnings);
        List<RawValue> said = new ArrayList<>(request.overrides());
        said.addAll(new EnvironmentSource(name, request.variables(), problems, warnings).read());
        String url = request.variables().get(name.urlVariable());
        return new Facts(
                name,
                environment,
                said,
                LibpqFiles.of(request.variables()),
                request.trustAnchors(),
                request.areCredentialsSupplied(),
                ApplicationName.derive(request),
                url != null && !url.isBlank(),
                false,
                List.of(),
                warnings);
    }
}
