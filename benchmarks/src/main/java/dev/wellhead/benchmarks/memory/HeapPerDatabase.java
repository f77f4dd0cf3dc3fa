package dev.wellhead.benchmarks.memory;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Opens many databases with one idle connection each, and prints the heap that each of them retains. */
final class HeapPerDatabase {

    /** Databases that are opened before the first measurement, so that classes and caches of the JVM do not count. */
    private static final int WARM_UP = 40;

    private static final int MEASURED = 120;
    private static final int COLLECTIONS = 5;

    private HeapPerDatabase() {}

    /** Opens one database. */
    @FunctionalInterface
    interface Opener {
        DataSource open(int number) throws SQLException;
    }

    /** Prints the bytes per database, and ends the process without closing the databases one by one. */
    static void print(Opener opener) throws SQLException {
        List<DataSource> databases = new ArrayList<>();
        open(opener, WARM_UP, databases);
        long before = usedHeap();
        open(opener, MEASURED, databases);
        long after = usedHeap();
        System.out.println((after - before) / MEASURED);
        if (databases.size() != WARM_UP + MEASURED) {
            throw new IllegalStateException("The databases must stay reachable until the heap has been measured.");
        }
        System.exit(0);
    }

    private static void open(Opener opener, int count, List<DataSource> databases) throws SQLException {
        for (int i = 0; i < count; i++) {
            DataSource database = opener.open(databases.size());
            try (Connection connection = database.getConnection()) {
                if (!connection.isValid(1)) {
                    throw new SQLException("The connection is not valid.");
                }
            }
            databases.add(database);
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
