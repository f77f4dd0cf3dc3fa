package dev.wellhead;

import dev.wellhead.testkit.Await;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.management.ObjectName;

/** Uses everything in core that depends on names: JMX, the driver, and a pool that closes while a thread waits. */
final class NativeImageProgram {

    private NativeImageProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:wellhead:")) {
            TestDatabase.answer(connection, "select 1");
        }
        Database database = Databases.fromEnvironment();
        Connection only = database.getConnection();
        TestDatabase.answer(only, "select 1");
        ObjectName bean = new ObjectName("dev.wellhead:type=Database,name=default");
        Await.until(Duration.ofSeconds(60), "the MXBean", () -> ManagementFactory.getPlatformMBeanServer()
                .isRegistered(bean));
        CompletableFuture<Void> waiter = CompletableFuture.runAsync(() -> {
            try {
                database.getConnection().close();
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        var pool = database.unwrap(com.zaxxer.hikari.HikariDataSource.class).getHikariPoolMXBean();
        Await.until(Duration.ofSeconds(60), "a thread that waits", () -> pool.getThreadsAwaitingConnection() > 0);
        database.close();
        waiter.exceptionally(closed -> null).join();
    }
}
