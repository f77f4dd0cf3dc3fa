package com.example.visits;

import dev.wellhead.Database;
import dev.wellhead.Databases;

/** Libraries that accept a {@code DataSource}. The argument names the library. */
public final class WithDatabase {

    private WithDatabase() {}

    public static void main(String[] arguments) throws Exception {
        try (Database database = Databases.fromEnvironment();
                Visits visits = visits(arguments[0], database)) {
            Console.run(visits);
        }
    }

    private static Visits visits(String library, Database database) throws Exception {
        return switch (library) {
            case "jdbi" -> new JdbiVisits(Migrations.withFlyway(database));
            case "jooq" -> new JooqVisits(Migrations.withFlyway(database));
            case "mybatis" -> new MyBatisVisits(Migrations.withLiquibase(database));
            case "hibernate" -> new HibernateVisits(Migrations.withLiquibase(database));
            default -> throw new IllegalArgumentException(library);
        };
    }
}
