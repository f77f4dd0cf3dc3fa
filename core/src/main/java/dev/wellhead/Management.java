package dev.wellhead;

import dev.wellhead.settings.ResolvedSetting;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Registers one database with JMX, away from the thread that opens it: the first bean of a process is slow to make. */
final class Management implements DatabaseMXBean, Runnable {

    private static final String DOMAIN = "dev.wellhead:type=Database,name=";

    private static final int MOST_INSTANCES = 100;

    private final Database database;
    private final String credentialsSource;
    private @Nullable ObjectName registered;
    private boolean closed;

    Management(Database database, String credentialsSource) {
        this.database = database;
        this.credentialsSource = credentialsSource;
    }

    @Override
    public String getCredentialsSource() {
        return credentialsSource;
    }

    @Override
    public String[] getSettings() {
        List<ResolvedSetting> settings = database.settings().all();
        String[] lines = new String[settings.size()];
        for (int i = 0; i < lines.length; i++) {
            ResolvedSetting setting = settings.get(i);
            lines[i] = setting.name() + " = " + setting.value() + " ("
                    + setting.origin().description() + ")";
        }
        return lines;
    }

    @Override
    public boolean refreshCredentials() {
        try {
            return database.refreshCredentials();
        } catch (SQLException e) {
            // a console may know none of our classes, nor the driver's
            throw new IllegalStateException(e.getMessage());
        }
    }

    /** Registers it, unless it was closed meanwhile. */
    @Override
    public synchronized void run() {
        if (closed) {
            return;
        }
        try {
            register(ManagementFactory.getPlatformMBeanServer());
        } catch (JMException | RuntimeException e) {
            LoggerFactory.getLogger(Database.class)
                    .warn("{} is not registered with JMX. It works all the same.", database, e);
        }
    }

    private void register(MBeanServer server) throws JMException {
        StandardMBean bean = new StandardMBean(this, DatabaseMXBean.class, true);
        String name = DOMAIN + database.settings().name();
        int instance = 1;
        while (registered == null && instance <= MOST_INSTANCES) {
            ObjectName candidate = new ObjectName(instance == 1 ? name : name + ",instance=" + instance);
            try {
                registered = server.registerMBean(bean, candidate).getObjectName();
            } catch (InstanceAlreadyExistsException e) {
                instance++;
            }
        }
    }

    synchronized void close() {
        closed = true;
        ObjectName name = registered;
        registered = null;
        if (name != null) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            } catch (JMException e) {
                LoggerFactory.getLogger(Database.class).debug("{} was not registered with JMX any more.", database, e);
            }
        }
    }
}
