package dev.wellhead.benchmarks.faults;

import java.util.List;

/** A library that takes part. */
enum Contestant {
    /** Wellhead with its defaults. */
    WELLHEAD("Wellhead", "wellhead"),
    /** HikariCP with pgjdbc, both tuned. */
    HIKARICP("HikariCP 7.1.0, tuned", "hikaricp"),
    /** HikariCP with the wrapper of AWS. */
    WRAPPER("aws-advanced-jdbc-wrapper 4.3.0", "advanced-jdbc-wrapper"),
    /** Agroal with pgjdbc. */
    AGROAL("Agroal 3.2.1", "agroal"),
    /** HikariCP with the driver of AWS that reads secrets. */
    SECRETS_DRIVER("aws-secretsmanager-jdbc 2.1.1", "secretsmanager-jdbc"),
    /** HikariCP with Wellhead's JDBC driver. */
    DRIVER_IN_HIKARICP("Wellhead's driver in HikariCP", "wellhead-driver-hikaricp"),
    /** Agroal with Wellhead's JDBC driver. */
    DRIVER_IN_AGROAL("Wellhead's driver in Agroal", "wellhead-driver-agroal");

    /** The libraries that get a user and a password. */
    static final List<Contestant> WITH_PASSWORD = List.of(WELLHEAD, HIKARICP, WRAPPER, AGROAL);

    /** The libraries that read the user and the password from Secrets Manager. */
    static final List<Contestant> WITH_SECRET = List.of(WELLHEAD, SECRETS_DRIVER, WRAPPER);

    /** The same, and Wellhead's driver in the pools of others. */
    static final List<Contestant> WITH_SECRET_AND_DRIVER =
            List.of(WELLHEAD, DRIVER_IN_HIKARICP, DRIVER_IN_AGROAL, SECRETS_DRIVER, WRAPPER);

    private final String title;
    private final String id;

    Contestant(String title, String id) {
        this.title = title;
        this.id = id;
    }

    /** {@return the name in tables and pictures} */
    String title() {
        return title;
    }

    /** {@return the name that its program and its files have} */
    String id() {
        return id;
    }
}
