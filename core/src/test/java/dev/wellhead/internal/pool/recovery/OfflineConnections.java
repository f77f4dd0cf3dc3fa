package dev.wellhead.internal.pool.recovery;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** OfflineConnections without a server. They can be closed; all other methods do nothing. */
public final class OfflineConnections {

    private OfflineConnections() {}

    /** {@return an open connection} It is not one of Wellhead's, so its generation is -1. */
    public static Connection open() {
        return open(new AtomicInteger());
    }

    /**
     * {@return an open connection}
     *
     * @param closed counts how often it is closed; positive if the connection is closed
     */
    public static Connection open(AtomicInteger closed) {
        return (Connection) Proxy.newProxyInstance(
                OfflineConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "close" -> {
                            closed.incrementAndGet();
                            yield null;
                        }
                        case "isClosed" -> closed.get() > 0;
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        case "toString" -> "connection";
                        case "isValid" -> true;
                        case "unwrap" -> throw new SQLException("not a wrapper");
                        default -> nothing(method.getReturnType());
                    };
                });
    }

    /** {@return a data source that returns a new connection for each call} */
    public static DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                OfflineConnections.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getConnection") ? open() : nothing(method.getReturnType()));
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? Integer.valueOf(0) : null;
    }

    /** {@return a connection that throws an exception for every method except those of Object} */
    public static Connection broken() {
        return (Connection) Proxy.newProxyInstance(
                OfflineConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        default -> throw new SQLException("the socket is broken", "08006");
                    };
                });
    }
}
