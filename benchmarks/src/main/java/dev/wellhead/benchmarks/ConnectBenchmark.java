package dev.wellhead.benchmarks;

import dev.wellhead.Databases;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.connect.login.LoginMemory;
import dev.wellhead.spi.DatabaseListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens and closes one physical connection: TCP, TLS if the SSL mode requires it, SCRAM and start-up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConnectBenchmark {

    @Param({"pgjdbc", "wellhead"})
    String library = "";

    @Param("localhost")
    String host = "";

    @Param("5432")
    int port;

    @Param({"disable", "verify-full"})
    String sslMode = "";

    @Param("root.crt")
    String rootCertificate = "";

    private Opener opener = () -> {
        throw new SQLException("not set up");
    };

    @Setup
    public void prepare() {
        opener = library.equals("wellhead") ? wellhead() : pgjdbc()::getConnection;
    }

    @Benchmark
    public void connect() throws SQLException {
        opener.open().close();
    }

    private DataSource pgjdbc() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(Target.DATABASE);
        source.setUser(Target.USER);
        source.setPassword(Target.PASSWORD);
        source.setSslMode(sslMode);
        source.setSslRootCert(rootCertificate);
        return source;
    }

    private Opener wellhead() {
        Map<String, String> environment = Map.of(
                "DB_HOST",
                host,
                "DB_PORT",
                Integer.toString(port),
                "DB_NAME",
                Target.DATABASE,
                "DB_USER",
                Target.USER,
                "DB_PASSWORD",
                Target.PASSWORD,
                "DB_SSLMODE",
                sslMode,
                "DB_SSLROOTCERT",
                rootCertificate);
        Connector connector = new Connector(
                Databases.resolve(environment),
                new SuperuserCredentials(),
                new LoginMemory(),
                new DatabaseListener() {});
        Duration budget = Duration.ofSeconds(10);
        return () -> connector.open(budget);
    }

    /** Opens a connection with one of the two libraries. */
    private interface Opener {
        Connection open() throws SQLException;
    }
}
