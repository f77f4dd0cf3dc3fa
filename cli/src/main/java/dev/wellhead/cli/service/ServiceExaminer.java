package dev.wellhead.cli.service;

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
import java.util.function.Consumer;

/** Examines the services of one kind and name, stage by stage, for {@code doctor --service}. Thread-safe. */
public final class ServiceExaminer {

    private final ServiceKind kind;
    private final String name;
    private final ServiceListing listing;
    private final SettingsRequest request;
    private final Consumer<StageResult> listener;
    private final List<StageResult> results = new ArrayList<>();
    private boolean closed;

    /**
     * @param listing the services that the environment names
     * @param request the settings of a cache
     * @param listener receives each result when it is known
     */
    public ServiceExaminer(
            ServiceKind kind,
            String name,
            ServiceListing listing,
            SettingsRequest request,
            Consumer<StageResult> listener) {
        this.kind = kind;
        this.name = name;
        this.listing = listing;
        this.request = request;
        this.listener = listener;
    }

    /**
     * Runs the stages until one fails or the time is up.
     *
     * @return whether all stages have finished
     */
    public boolean examine(Duration timeout) throws InterruptedException {
        FutureTask<Void> stages = new FutureTask<>(this::run, null);
        Thread thread = new Thread(stages, "wellhead-service-" + kind.label());
        thread.setDaemon(true);
        thread.start();
        try {
            stages.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException timeUp) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The check of the service failed: " + e.getCause(), e);
        }
    }

    private void run() {
        if (kind == ServiceKind.CACHE) {
            new CacheExaminer(request, this::finished).run();
            return;
        }
        List<NamedService> services = listing.of(kind, name);
        if (services.isEmpty()) {
            Failure notNamed = Objects.requireNonNull(listing.only(kind, name).failure(kind, name));
            finished(StageResult.failed(ServiceStage.SETTINGS, notNamed, notNamed.sentence(), ""));
        }
        for (NamedService service : services) {
            new ServiceCheck(service, ServiceChecks.STAGE_LIMIT, null, this::finished).run();
        }
    }

    private synchronized void finished(StageResult result) {
        if (!closed) {
            results.add(result);
            listener.accept(result);
        }
    }

    /**
     * {@return what is known now} Later results are ignored.
     *
     * @param end how the examination ended: {@link Outcome#OK} if all stages have finished
     */
    public synchronized ServiceReport report(Outcome end) {
        closed = true;
        return new ServiceReport(kind.label(name), kind.label(), name, end, List.copyOf(results));
    }
}
