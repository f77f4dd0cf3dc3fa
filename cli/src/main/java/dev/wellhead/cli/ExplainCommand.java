package dev.wellhead.cli;

import dev.wellhead.cli.service.ServiceKind;
import dev.wellhead.cli.service.ServiceListing;
import dev.wellhead.redis.internal.RedisCatalogue;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the settings and their origins. Opens no connection. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Shows whether the settings are valid, which are set, their origin and the values they override. "
                + "Opens no connection.",
        footer = {"", "Exit codes: 0 the settings are valid, 64 wrong usage, 78 the settings are invalid."})
final class ExplainCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Option(names = "--all", description = "Also show the defaults and the properties of HikariCP and pgjdbc.")
    private boolean all;

    @Option(names = "--json", description = "Write JSON; docs/cli.md describes its schema.")
    private boolean json;

    ExplainCommand(CommandContext context) {
        this.context = context;
    }

    /** {@return the exit code} Warnings do not change it. */
    @Override
    public Integer call() {
        ServiceKind kind = service.kind(database);
        ExplainReport report = ExplainReport.of(database.request(context), context.variables());
        ServiceListing services =
                ServiceListing.of(context.variables(), context.requests(), report.settings(), report.hosts());
        if (kind == ServiceKind.CACHE) {
            return cache(service.name(), services.only(kind, service.name()));
        }
        if (kind != null) {
            return explain(new ServiceExplanation(kind, service.name(), services.only(kind, service.name())));
        }
        context.out()
                .print(
                        json
                                ? ExplainJson.of(report, services)
                                : new ExplainText(report, services, context.terminal(), all).render());
        context.out().flush();
        return report.outcome().exitCode();
    }

    /** A cache has settings of its own, with the same sources as those of a database. */
    private int cache(String name, ServiceListing listing) {
        ExplainReport report =
                ExplainReport.of(context.requests().apply(name).of(RedisCatalogue.REDIS), context.variables());
        ServiceListing none = new ServiceListing(List.of());
        context.out()
                .print(
                        json
                                ? ExplainJson.ofCache(report, listing)
                                : new ExplainText(report, none, context.terminal(), all).render());
        context.out().flush();
        return report.outcome().exitCode();
    }

    private int explain(ServiceExplanation explanation) {
        context.out().print(json ? explanation.json() : explanation.text(context.terminal()));
        context.out().flush();
        return explanation.outcome().exitCode();
    }
}
