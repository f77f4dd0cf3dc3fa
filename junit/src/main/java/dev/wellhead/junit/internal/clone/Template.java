package dev.wellhead.junit.internal.clone;

import dev.wellhead.Database;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A migrated database that is copied for each test, with a stock of copies that were made in advance. The stock grows each
 * time that a test has to wait. Thread-safe.
 */
public final class Template {

    private static final Logger LOG = LoggerFactory.getLogger("dev.wellhead.junit");

    private static final int SMALLEST_STOCK = 2;
    private static final int LARGEST_STOCK = 8;

    private final TestServer server;
    private final TemplateSource source;
    private final Deque<CompletableFuture<DatabaseCopy>> stock = new ArrayDeque<>();
    private @Nullable CompletableFuture<String> prepared;
    private int stockSize = SMALLEST_STOCK;

    Template(TestServer server, TemplateSource source) {
        this.server = server;
        this.source = source;
    }

    /** Starts to prepare the template and the stock in the background, unless this was done before. */
    public synchronized void prepare() {
        if (prepared == null) {
            prepared = server.background().migrate(() -> {
                String name = migrated();
                refill();
                return name;
            });
        }
    }

    /**
     * {@return an open copy that no other test uses; the caller closes it} Waits for the template if it is not ready.
     *
     * @throws TestServerException if the template cannot be prepared or copied; the message contains the reason
     */
    public DatabaseCopy take() throws TestServerException, InterruptedException {
        prepare();
        preparedName();
        CompletableFuture<DatabaseCopy> next = next();
        try {
            return next.get();
        } catch (ExecutionException e) {
            // a copy that was made in advance may have failed long ago
            return result(server.background().copy(this::copy));
        }
    }

    private synchronized CompletableFuture<DatabaseCopy> next() {
        CompletableFuture<DatabaseCopy> first = stock.poll();
        if (first == null) {
            first = server.background().copy(this::copy);
        }
        if (!first.isDone()) {
            stockSize = Math.min(stockSize + 1, LARGEST_STOCK);
        }
        refill();
        return first;
    }

    private synchronized void refill() {
        while (stock.size() < stockSize) {
            stock.add(server.background().copy(this::copy));
        }
    }

    private String preparedName() throws TestServerException, InterruptedException {
        CompletableFuture<String> preparation;
        synchronized (this) {
            preparation = Objects.requireNonNull(prepared);
        }
        return result(preparation);
    }

    private static <T> T result(CompletableFuture<T> future) throws TestServerException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TestServerException cause) {
                throw cause;
            }
            throw new TestServerException("A test database cannot be created: " + e.getCause(), e);
        }
    }

    /** {@return the name of the template} All tests get the same exception if it cannot be prepared. */
    private String migrated() throws TestServerException {
        try {
            return migrate();
        } catch (SQLException | RuntimeException e) {
            throw new TestServerException(
                    "The template of the test databases cannot be created on " + server + ": " + e.getMessage(), e);
        }
    }

    private String migrate() throws TestServerException, SQLException {
        List<MigrationStep> steps = source.steps(Thread.currentThread().getContextClassLoader());
        String name = server.run().nextTemplate();
        long start = System.nanoTime();
        server.databases().create(name);
        if (!steps.isEmpty()) {
            try (Database template = server.connect(name)) {
                for (MigrationStep step : steps) {
                    migrate(template, step);
                }
            }
        }
        server.databases().seal(name);
        LOG.info(
                "Prepared the template {} on {} in {} ms: {}.",
                name,
                server,
                (System.nanoTime() - start) / 1_000_000,
                steps.isEmpty()
                        ? "empty"
                        : String.join(
                                ", ",
                                steps.stream().map(MigrationStep::description).toList()));
        return name;
    }

    private static void migrate(Database template, MigrationStep step) throws TestServerException {
        try {
            step.run(template);
        } catch (Exception | LinkageError e) {
            throw new TestServerException(
                    "The template of the test databases cannot be prepared, because " + step.description() + " failed: "
                            + (e instanceof TestServerException ? e.getMessage() : e),
                    e);
        }
    }

    private DatabaseCopy copy() throws TestServerException, InterruptedException, SQLException {
        String template = preparedName();
        String name = server.run().nextCopy();
        server.databases().copy(name, template);
        return server.open(name);
    }
}
