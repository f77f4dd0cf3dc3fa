package dev.wellhead.internal.open;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Registers the MXBean of one database. If several open databases have the same name, they are numbered. */
final class Management<T> implements Runnable, AutoCloseable {

    private static final String PREFIX = "dev.wellhead:type=Database,name=";

    private static final int MOST_INSTANCES = 100;

    private final String name;
    private final Class<T> type;
    private final T bean;
    private @Nullable ObjectName registered;
    private boolean closed;

    Management(String name, Class<T> type, T bean) {
        this.name = name;
        this.type = type;
        this.bean = bean;
    }

    /** Registers the bean, unless the database was closed meanwhile. */
    @Override
    public synchronized void run() {
        if (closed) {
            return;
        }
        try {
            register(ManagementFactory.getPlatformMBeanServer());
        } catch (JMException | RuntimeException e) {
            LoggerFactory.getLogger(OpenDatabase.LOGGER)
                    .warn("Database '{}' cannot be registered with JMX. The database itself is not affected.", name, e);
        }
    }

    /** Registers the bean under the first free name. */
    private void register(MBeanServer server) throws JMException {
        StandardMBean mxBean = new StandardMBean(bean, type, true);
        for (int instance = 1; registered == null && instance <= MOST_INSTANCES; instance++) {
            ObjectName candidate = new ObjectName(PREFIX + name + (instance == 1 ? "" : ",instance=" + instance));
            try {
                registered = server.registerMBean(mxBean, candidate).getObjectName();
            } catch (InstanceAlreadyExistsException e) {
                LoggerFactory.getLogger(OpenDatabase.LOGGER).debug("The JMX name {} is in use.", candidate);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        ObjectName present = registered;
        registered = null;
        if (present != null) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(present);
            } catch (JMException e) {
                LoggerFactory.getLogger(OpenDatabase.LOGGER)
                        .debug("Database '{}' was no longer registered with JMX.", name, e);
            }
        }
    }
}
