package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Slices use the database of the application, without {@code replace = NONE}. */
class TestSlicesTest {

    @SpringBootApplication
    static class Application {}

    @Nested
    @JdbcSlice
    class Jdbc extends Slice {}

    @Nested
    @JpaSlice
    class Jpa extends Slice {}

    @ContextConfiguration(classes = Application.class)
    abstract static class Slice {

        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            registry.add("wellhead.databases.default.url", Start::url);
        }

        @Autowired
        private DataSource dataSource;

        @Autowired
        private JdbcTemplate jdbc;

        @Test
        void slice_usesTheDatabase() {
            assertThat(dataSource).isInstanceOf(Database.class);
            assertThat(jdbc.queryForObject("select current_user", String.class)).isEqualTo("postgres");
        }
    }
}
