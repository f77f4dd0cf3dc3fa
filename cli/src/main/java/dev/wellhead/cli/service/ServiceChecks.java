package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.output.Quantity;
import dev.wellhead.cli.output.Table;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.internal.text.SafeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Help.Ansi.Style;

/** Checks in parallel whether the other services answer, while the database is examined. Thread-safe. */
public final class ServiceChecks {

    /** The longest time of one stage without an answer. */
    static final Duration STAGE_LIMIT = Duration.ofSeconds(5);

    private static final String TITLE = "Other services";
    private static final int LABEL_WIDTH = 4;
    private static final int SERVICE_WIDTH = 14;
    private static final int TIME_WIDTH = 7;

    private final List<NamedService> services;
    private final List<FutureTask<ServiceResult>> checks;

    private ServiceChecks(List<NamedService> services, List<FutureTask<ServiceResult>> checks) {
        this.services = services;
        this.checks = checks;
    }

    /** Starts the checks of the services that a listing has. */
    public static ServiceChecks start(ServiceListing listing) {
        List<FutureTask<ServiceResult>> checks = new ArrayList<>();
        for (NamedService service : listing.services()) {
            FutureTask<ServiceResult> check = new FutureTask<>(() -> check(service));
            checks.add(check);
            // a daemon: a name server that does not answer must not keep the process alive
            Thread thread = new Thread(check, "wellhead-service-" + service.label());
            thread.setDaemon(true);
            thread.start();
        }
        return new ServiceChecks(listing.services(), List.copyOf(checks));
    }

    private static ServiceResult check(NamedService service) {
        long start = System.nanoTime();
        StageResult last = new ServiceCheck(service, STAGE_LIMIT, null, stage -> {}).run();
        return new ServiceResult(service, last.in(Duration.ofNanos(System.nanoTime() - start)));
    }

    /** Waits until every check has finished, or the time is up. */
    public void await(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (FutureTask<ServiceResult> check : checks) {
            try {
                check.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // reported with the results
            }
        }
    }

    /** {@return what is known now, in the order of the services} */
    private List<ServiceResult> results() {
        List<ServiceResult> results = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            NamedService service = services.get(i);
            ServiceResult result = result(service, checks.get(i));
            results.add(result);
        }
        return results;
    }

    private static ServiceResult result(NamedService service, FutureTask<ServiceResult> check) {
        try {
            return check.isDone() ? check.get() : unfinished(service);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            // a defect of one check must not prevent the verdict about the database
            return failed(
                    service,
                    Outcome.INTERNAL,
                    "the check itself failed: " + SafeText.of(String.valueOf(e.getCause())),
                    "Report the output of '" + command(service) + "'.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unfinished(service);
        }
    }

    private static ServiceResult unfinished(NamedService service) {
        return failed(
                service,
                Outcome.TIMED_OUT,
                "the time was up before it answered",
                "Run '" + command(service) + "' to see the stage that is slow.");
    }

    /** {@return the command that examines the service in stages} */
    private static String command(NamedService service) {
        String name = service.name().equals(NamedService.DEFAULT) ? "" : " --name " + service.name();
        return "wellhead doctor --service " + service.kind().label() + name;
    }

    private static ServiceResult failed(NamedService service, Outcome outcome, String text, String fix) {
        Failure failure = Failure.of(outcome.value(), outcome, text, fix);
        return new ServiceResult(service, StageResult.failed(ServiceStage.ANSWER, failure, text, ""));
    }

    /** {@return a section with a row for each service; empty if no service is named} */
    public String text(Terminal terminal) {
        Table table = new Table(terminal, 0).atLeast(LABEL_WIDTH, SERVICE_WIDTH, TIME_WIDTH);
        for (ServiceResult result : results()) {
            StageResult last = result.last();
            table.labelled(
                    last.status().styles(),
                    last.status().label(),
                    result.service().label(),
                    last.time(),
                    result.text());
            for (String fix : last.fixes()) {
                table.row("", "", "", "Fix: " + fix);
            }
        }
        String rows = table.render();
        return rows.isEmpty() ? "" : terminal.style(TITLE, Style.bold) + System.lineSeparator() + rows;
    }

    /** {@return one sentence, to be added to the verdict; empty if no service fails} */
    public String verdict() {
        long failed = results().stream().filter(ServiceResult::isFailed).count();
        return failed == 0
                ? ""
                : Quantity.of(failed, "other service") + (failed == 1 ? " does" : " do") + " not answer.";
    }

    /** {@return the results for programs} */
    public List<Map<String, Object>> json() {
        return results().stream().map(ServiceResult::toJson).toList();
    }
}
