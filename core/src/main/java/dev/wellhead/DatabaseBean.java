package dev.wellhead;

import dev.wellhead.internal.open.OpenDatabase;
import dev.wellhead.settings.ResolvedSetting;
import java.sql.SQLException;
import java.util.List;

/** The MXBean of one open database. */
final class DatabaseBean implements DatabaseMXBean {

    private final OpenDatabase database;

    DatabaseBean(OpenDatabase database) {
        this.database = database;
    }

    @Override
    public String getCredentialsSource() {
        return database.credentialsSource();
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
            // a JMX client may have neither our exception classes nor the driver's
            throw new IllegalStateException(e.getMessage());
        }
    }
}
