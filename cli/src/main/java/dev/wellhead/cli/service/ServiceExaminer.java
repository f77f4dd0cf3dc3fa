package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.Conclusion;
import dev.wellhead.cli.doctor.ExaminationListener;
import dev.wellhead.cli.doctor.OrderedResults;
import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.internal.sources.SettingsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Examines the services of one kind and name, stage by stage, for {@code doctor --service}. Several services are examined in
 * parallel. If a check has a defect, this is the result of its service, and the others have theirs. Thread-safe.
 */
public final class ServiceExaminer {

    private final ServiceKind kind;
    private final String name;
    private final ServiceListing listing;
    private final SettingsRequest request;
    private final OrderedResults results;
    private final OrderedResults.Lane first;

    /**
     * @param listing the services that the environment names
     * @param request the settings of a cache
     * @param listener notified of each stage
     */
    public ServiceExaminer(
            ServiceKind kind,
            String name,
            ServiceListing listing,
            SettingsRequest request,
            ExaminationListener listener) {
        this.kind = kind;
        this.name = name;
        this.listing = listing;
        this.request = request;
        this.results = new OrderedResults(listener);
        this.first = results.lane("");
    }

    /**
     * Runs the stages until one fails or the time is up.
     *
     * @return whether all stages have finished
     */
    public boolean examine(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        for (FutureTask<Void> check : start()) {
            try {
                check.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException timeUp) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException("The check of the service failed: " + e.getCause(), e);
            }
        }
        return true;
    }

    private List<FutureTask<Void>> start() {
        if (kind == ServiceKind.CACHE) {
            return List.of(start(first, new CacheExaminer(request, first)::run));
        }
        List<NamedService> services = listing.of(kind, name);
        if (services.isEmpty()) {
            Failure notNamed = Objects.requireNonNull(listing.only(kind, name).failure(kind, name));
            first.finished(StageResult.failed(ServiceStage.SETTINGS, notNamed, notNamed.sentence(), ""));
        }
        List<FutureTask<Void>> checks = new ArrayList<>();
        for (NamedService service : services) {
            ServiceAddress address = service.address();
            OrderedResults.Lane lane = results.lane(address == null ? "" : address.server());
            ServiceCheck check = new ServiceCheck(service, ServiceChecks.STAGE_LIMIT, null, lane);
            first.finished(check.settings());
            checks.add(start(lane, address == null ? () -> {} : () -> check.run(address)));
        }
        first.close();
        return checks;
    }

    /** A daemon thread, because a check that hangs must not keep the process alive after its time is up. */
    private FutureTask<Void> start(OrderedResults.Lane lane, Runnable stages) {
        FutureTask<Void> task = new FutureTask<>(
                () -> {
                    try (lane) {
                        stages.run();
                    }
                },
                null);
        Thread thread = new Thread(task, "wellhead-service-" + kind.label());
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /**
     * {@return what is known now} Later results are ignored.
     *
     * @param end how the examination ended: {@link Outcome#OK} if all stages have finished
     */
    public ServiceReport report(Outcome end) {
        String unfinished = results.activity();
        return new ServiceReport(kind, name, new Conclusion(end, unfinished, results.close()));
    }
}
