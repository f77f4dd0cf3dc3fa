package dev.wellhead.cli;

import dev.wellhead.cli.service.ServiceKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select another service in place of the database. */
final class ServiceOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--service",
            paramLabel = "SERVICE",
            description = "Another service in place of the database: cache, queue, topic, rabbitmq, storage, search, "
                    + "metrics or pooler. The exit code is then that of the service.")
    private @Nullable String service;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "A named cache (NAME_REDIS_URL), with --service cache.")
    private @Nullable String name;

    /**
     * {@return the service; null for the database}
     *
     * @param database the options that select a database; a pooler is found in its settings
     */
    @Nullable
    ServiceKind kind(DatabaseOptions database) {
        if (service == null) {
            if (name != null) {
                throw refused("--name needs --service cache.");
            }
            return null;
        }
        ServiceKind kind = ServiceKind.of(service);
        if (kind == null) {
            throw refused("--service must be one of " + ServiceKind.valid(service));
        }
        if (name != null && kind != ServiceKind.CACHE) {
            throw refused("--name is only for --service cache.");
        }
        String selection = database.selection();
        if (!selection.isEmpty() && kind != ServiceKind.POOLER) {
            throw refused(selection + " does not select a service. "
                    + (kind == ServiceKind.CACHE ? "Use --service cache --name sessions." : "Omit it."));
        }
        return kind;
    }

    /** {@return the name of the service; {@code default} if it is unnamed} */
    String name() {
        return Objects.requireNonNullElse(name, "default");
    }

    private ParameterException refused(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
