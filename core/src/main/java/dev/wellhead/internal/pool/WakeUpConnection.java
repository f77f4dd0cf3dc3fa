package dev.wellhead.internal.pool;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection without a server. A pool that closes passes it through HikariCP to wake the threads that wait for a
 * connection. HikariCP can set it up on the thread that created it, with connectionInitSql for example. On all other
 * threads it executes nothing.
 */
final class WakeUpConnection implements InvocationHandler {

    private final String subject;
    private final Thread creator = Thread.currentThread();

    private WakeUpConnection(String subject) {
        this.subject = subject;
    }

    /** @param subject the beginning of its error messages: {@code "Database 'ledger'"} */
    static Connection create(String subject) {
        return (Connection) Proxy.newProxyInstance(
                WakeUpConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class, Statement.class},
                new WakeUpConnection(subject));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
        return switch (method.getName()) {
            case "toString" -> "a wake-up connection: " + subject + " was closed";
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> arguments != null && proxy == arguments[0];
            case "isValid" -> true;
            case "unwrap" -> throw new SQLException("A wake-up connection wraps nothing.");
            case "createStatement" -> {
                if (Thread.currentThread() != creator) {
                    throw closed(subject);
                }
                yield proxy;
            }
            default -> nothing(method);
        };
    }

    private @Nullable Object nothing(Method method) throws SQLException {
        Class<?> type = method.getReturnType();
        if (type == void.class) {
            return null;
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == String.class) {
            return null;
        }
        throw closed(subject);
    }

    /** {@return the exception that ends a borrow from a pool that is closed} */
    static SQLNonTransientConnectionException closed(String subject) {
        return new SQLNonTransientConnectionException(subject + " was closed.", PhysicalSource.CLOSED);
    }
}
