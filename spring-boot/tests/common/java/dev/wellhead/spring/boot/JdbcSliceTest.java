package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The slice uses the database of the application, without {@code replace = NONE}. */
@JdbcSlice
@ContextConfiguration(classes = JdbcSliceTest.Application.class)
class JdbcSliceTest {

    @SpringBootApplication
    static class Application {}

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
