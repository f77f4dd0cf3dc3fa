package dev.wellhead.benchmarks.contestants;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Opens a pool of one library. */
interface PoolOpener {

    /** {@return an open pool} */
    DataSource open(PoolSetup setup) throws SQLException;

    /** {@return the opener of a library; only its classes are loaded} */
    static PoolOpener of(String library) {
        return switch (library) {
            case "wellhead" -> new WellheadOpener();
            case "hikaricp" -> new HikariOpener();
            case "advanced-jdbc-wrapper" -> new WrapperOpener();
            case "agroal" -> new AgroalOpener();
            case "wellhead-driver-hikaricp" -> new DriverOpener();
            case "wellhead-driver-agroal" ->
                setup -> AgroalOpener.open(setup, AgroalOpener.factory(DriverOpener.jdbcUrl(setup)));
            case "secretsmanager-jdbc" -> new SecretsDriverOpener();
            default -> throw new IllegalArgumentException("unknown library: " + library);
        };
    }
}
