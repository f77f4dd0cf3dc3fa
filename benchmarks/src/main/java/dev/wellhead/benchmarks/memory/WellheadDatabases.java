package dev.wellhead.benchmarks.memory;

import dev.wellhead.Databases;
import dev.wellhead.settings.Settings;
import java.sql.SQLException;

/** Many databases of Wellhead. */
public final class WellheadDatabases {

    private WellheadDatabases() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        HeapPerDatabase.print(number -> Databases.builder()
                .set(Settings.MAXIMUM_POOL_SIZE, "1")
                .set(Settings.POOL_NAME, "pool-" + number)
                .open());
    }
}
