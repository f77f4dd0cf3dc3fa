package dev.wellhead.junit.internal.clone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.junit.TestMigrations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures how long a test waits for its database: a copy of 20 tables on the embedded server. Each test then works with it
 * for a while, as a test does. Prints the waits; the time is not asserted, because other programs run on the machine.
 */
@EnabledIfSystemProperty(named = "copies", matches = "[0-9]+", disabledReason = "measures only with -Dcopies=100")
class CopyWaitTest {

    private static final int TABLES = 20;
    private static final int ROWS = 100;

    private static final TemplateSource SHOP = new TemplateSource(List.of(TwentyTables.class), List.of());

    static final class TwentyTables implements TestMigrations {

        @Override
        public void migrate(DataSource template) throws SQLException {
            try (Connection connection = template.getConnection();
                    Statement statement = connection.createStatement()) {
                for (int i = 1; i <= TABLES; i++) {
                    statement.execute("create table t" + i + " (id bigint primary key, name text not null unique)");
                    statement.execute(
                            "insert into t" + i + " select n, 'row ' || n from generate_series(1, " + ROWS + ") n");
                }
            }
        }
    }

    @Test
    void waits_perTestAndInParallel() throws Exception {
        int copies = Integer.getInteger("copies");
        long start = System.nanoTime();
        try (TestServer server = TestServer.open()) {
            Template template = server.template(SHOP);
            template.take().close();
            print("server, template and first copy: %d ms%n", millisSince(start));
            for (int work : new int[] {0, 50, 200}) {
                print("1 thread, %3d ms of work per test: %s%n", work, waits(template, 1, copies, work));
            }
            print("4 threads, 200 ms of work per test: %s%n", waits(template, 4, copies, 200));
            start = System.nanoTime();
        }
        print("end of the run: %d ms%n", millisSince(start));
    }

    private static String waits(Template template, int threads, int copies, int work) throws Exception {
        ExecutorService service = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Double>> waits = new ArrayList<>();
            for (int i = 0; i < copies; i++) {
                waits.add(service.submit(() -> {
                    long start = System.nanoTime();
                    try (DatabaseCopy copy = template.take()) {
                        double waited = (System.nanoTime() - start) / 1e6;
                        use(copy.database(), start + TimeUnit.MILLISECONDS.toNanos(work));
                        return waited;
                    }
                }));
            }
            double[] sorted = new double[copies];
            for (int i = 0; i < copies; i++) {
                sorted[i] = waits.get(i).get();
            }
            Arrays.sort(sorted);
            return String.format(
                    "median %.1f ms, p95 %.1f ms, longest %.1f ms",
                    at(sorted, 0.5), at(sorted, 0.95), sorted[copies - 1]);
        } finally {
            service.shutdown();
        }
    }

    private static void use(Database database, long until) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into t1 values (0, 'of this test')");
            try (ResultSet row = statement.executeQuery("select count(*) from t1")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(ROWS + 1);
            }
        }
        // the work of a test that is not about its database
        TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(format, arguments);
    }
}
