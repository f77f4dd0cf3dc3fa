package dev.wellhead.benchmarks.memory;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.sql.DataSource;

/** Opens many databases with one idle connection each, and prints the heap that each of them retains. */
final class HeapPerDatabase {

    /** Databases that are opened before the first measurement, so that classes and caches of the JVM do not count. */
    private static final int WARM_UP = 40;

    private static final int MEASURED = 120;
    private static final int LONGEST_WAIT_SECONDS = 20;

    /** The last line: the number of objects, then their bytes. */
    private static final Pattern TOTAL = Pattern.compile("^Total +[0-9]+ +([0-9]+)", Pattern.MULTILINE);

    private HeapPerDatabase() {}

    /** Opens one database. */
    @FunctionalInterface
    interface Opener {
        DataSource open(int number) throws SQLException;
    }

    /** Prints the bytes per database, and ends the process without closing the databases one by one. */
    static void print(Opener opener) throws SQLException, InterruptedException {
        List<DataSource> databases = new ArrayList<>();
        open(opener, WARM_UP, databases);
        long before = liveBytes();
        open(opener, MEASURED, databases);
        long after = liveBytes();
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

    /**
     * {@return the bytes of all live objects once the threads that open connections have ended} HikariCP ends each of them
     * after 5 s without work. Until then, what they hold would count or not, depending on how long the program took. The
     * heap in use is no measure: after a collection, it still differs by 2 MB from one call to the next.
     */
    private static long liveBytes() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (isAnyOpening() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        histogram();
        Matcher total = TOTAL.matcher(histogram());
        if (!total.find()) {
            throw new IllegalStateException("the class histogram has no total");
        }
        return Long.parseLong(total.group(1));
    }

    /** {@return the number and the bytes of the objects of each class} The JVM collects garbage first. */
    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("this JVM has no class histogram", e);
        }
    }

    private static boolean isAnyOpening() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().endsWith(":connection-adder")
                    || thread.getName().endsWith(" connection adder")) {
                return true;
            }
        }
        return false;
    }
}
