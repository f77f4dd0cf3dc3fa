package dev.wellhead.cli;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.cli.service.ServiceChecks;
import dev.wellhead.cli.service.ServiceListing;
import dev.wellhead.internal.sources.SettingsRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The other services, which {@code doctor} checks while it examines the database. The settings of the database are read on
 * a thread of their own, because one of them names the pooler.
 */
final class OtherServices {

    private final FutureTask<ServiceChecks> checks;

    private OtherServices(FutureTask<ServiceChecks> checks) {
        this.checks = checks;
    }

    /** Starts the checks. */
    static OtherServices start(SettingsRequest request, CommandContext context) {
        FutureTask<ServiceChecks> checks = new FutureTask<>(() -> {
            ExplainReport report = ExplainReport.of(request, context.variables());
            return ServiceChecks.start(
                    ServiceListing.of(context.variables(), context.requests(), report.settings(), report.hosts()));
        });
        Thread thread = new Thread(checks, "wellhead-services");
        thread.setDaemon(true);
        thread.start();
        return new OtherServices(checks);
    }

    /** Waits until every service has a result, or the time is up. */
    void await(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        try {
            checks.get(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS)
                    .await(Duration.ofNanos(end - System.nanoTime()));
        } catch (TimeoutException | ExecutionException e) {
            // the results are read afterwards
        }
    }

    /** {@return the checks; null if the services are not known yet, or could not be listed} */
    private @Nullable ServiceChecks known() {
        try {
            return checks.isDone() ? checks.get() : null;
        } catch (ExecutionException e) {
            // the verdict about the database does not depend on the services
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** {@return a section with a row for each service; empty if no service is named} */
    String text(Terminal terminal) {
        ServiceChecks known = known();
        return known == null ? "" : known.text(terminal);
    }

    /** {@return one sentence about the services that do not answer, or could not be listed; empty if there are none} */
    String verdict() {
        ServiceChecks known = known();
        if (known == null) {
            return checks.isDone() ? "The other services could not be listed." : "";
        }
        return known.verdict();
    }

    /** {@return the results for programs} */
    List<Map<String, Object>> json() {
        ServiceChecks known = known();
        return known == null ? List.of() : known.json();
    }
}
