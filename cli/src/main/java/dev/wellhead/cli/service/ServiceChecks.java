package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.DoctorText;
import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.output.Quantity;
import dev.wellhead.cli.output.Table;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final List<NamedService> services;
    private final List<FutureTask<StageResult>> checks;

    private ServiceChecks(List<NamedService> services, List<FutureTask<StageResult>> checks) {
        this.services = services;
        this.checks = checks;
    }

    /** Starts the checks of the services that a listing has. */
    public static ServiceChecks start(ServiceListing listing) {
        List<FutureTask<StageResult>> checks = new ArrayList<>();
        for (NamedService service : listing.services()) {
            FutureTask<StageResult> check = new FutureTask<>(() -> check(service));
            checks.add(check);
            // a daemon: a name server that does not answer must not keep the process alive
            Thread thread = new Thread(check, "wellhead-service-" + service.label());
            thread.setDaemon(true);
            thread.start();
        }
        return new ServiceChecks(listing.services(), List.copyOf(checks));
    }

    private static StageResult check(NamedService service) {
        long start = System.nanoTime();
        StageResult last = new ServiceCheck(service, STAGE_LIMIT, null, stage -> {}).run();
        return last.in(Duration.ofNanos(System.nanoTime() - start));
    }

    /** Waits until every check has finished, or the time is up. */
    public void await(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (FutureTask<StageResult> check : checks) {
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
            results.add(new ServiceResult(service, last(service, checks.get(i))));
        }
        return results;
    }

    private static StageResult last(NamedService service, FutureTask<StageResult> check) {
        try {
            return check.isDone() ? check.get() : unfinished(service);
        } catch (ExecutionException e) {
            return ServiceCheck.defect(
                    service.kind(), service.name(), ServiceStage.SETTINGS, Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unfinished(service);
        }
    }

    private static StageResult unfinished(NamedService service) {
        String text = "the time was up before it answered";
        String fix =
                "Run 'wellhead doctor " + service.kind().options(service.name()) + "' to see the stage that is slow.";
        Failure failure = Failure.of(Outcome.TIMED_OUT.value(), Outcome.TIMED_OUT, text, fix);
        return StageResult.failed(ServiceStage.ANSWER, failure, text, "");
    }

    /** {@return a section with a row for each service; empty if no service is named} */
    public String text(Terminal terminal) {
        Table table = DoctorText.table(terminal);
        for (ServiceResult result : results()) {
            DoctorText.addRow(table, result.last(), result.service().label(), result.text());
        }
        String rows = table.render();
        return rows.isEmpty() ? "" : terminal.style(TITLE, Style.bold) + System.lineSeparator() + rows;
    }

    /** {@return one sentence, to be added to the verdict; empty if no service fails} */
    public String verdict() {
        long failed = results().stream().filter(ServiceResult::isFailed).count();
        return failed == 0 ? "" : Quantity.of(failed, "other service") + (failed == 1 ? " fails." : " fail.");
    }

    /** {@return the results for programs} */
    public List<Map<String, Object>> json() {
        return results().stream().map(ServiceResult::toJson).toList();
    }
}
