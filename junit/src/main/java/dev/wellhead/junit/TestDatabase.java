package dev.wellhead.junit;

import dev.wellhead.junit.internal.TestDatabaseExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests a PostgreSQL database of their own: a copy of a template database that is migrated once per test run.
 * Copies are made in advance in the background and dropped after use, so that a test does not usually wait for one.
 *
 * <p>On a class, it declares the database of the class. Parameters of its constructors, test methods and lifecycle
 * methods with the type {@link dev.wellhead.Database}, {@link javax.sql.DataSource} or {@link java.sql.Connection}
 * then receive that database, if they have no annotation. On a field or a parameter of one of these types, it injects
 * the database of the class, or the one that its own attributes declare. Static fields are set before
 * {@code @BeforeAll} methods, instance fields before {@code @BeforeEach} methods.
 *
 * <p>The extension closes databases and connections. Each field and parameter of type {@code Connection} gets a
 * connection of its own, which is closed after the test method, or after the class if the field is static or the
 * parameter belongs to a {@code @BeforeAll} or {@code @AfterAll} method.
 *
 * <p>The annotation is inherited by subclasses and by {@code @Nested} classes, and may be used as a meta-annotation.
 * Nested classes use the database of the class around them unless they are annotated themselves. Tests may run in
 * parallel, and several processes may use the same server.
 *
 * <p>The server is the one of the database with the name {@code test}: {@code TEST_DATABASE_URL} or
 * {@code TEST_DB_*} in the environment {@code test}. If they are not set, {@code wellhead-embedded} starts PostgreSQL.
 * On a configured server, the role needs the attribute {@code CREATEDB}; only databases whose names start with
 * {@code wellhead_test_} are created and dropped. The extension refuses to run if {@code ENVIRONMENT} is strict.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@ExtendWith(TestDatabaseExtension.class)
@SuppressWarnings("exports") // JUnit instantiates the extension; users do not need it
public @interface TestDatabase {

    /**
     * A name, for tests that use several databases. Fields and parameters refer to a declaration with the same name. The
     * default is the empty name.
     */
    String name() default "";

    /**
     * What prepares the template, in this order. Each class needs a constructor without parameters. If neither
     * migrations nor {@link #scripts} are set, Flyway runs if it is on the class path together with the directory
     * {@code db/migration}, or Liquibase if it is on the class path together with
     * {@code db/changelog/db.changelog-master} (yaml, yml, xml, json or sql). Otherwise the template is empty. Both at
     * the same time are an error. {@link TestMigrations.None} disables this detection.
     */
    Class<? extends TestMigrations>[] migrations() default {};

    /**
     * SQL scripts that run on the template in this order, after {@link #migrations}. A location is a resource on the
     * class path ({@code "schema.sql"} or {@code "classpath:schema.sql"}) or a file ({@code "file:src/sql/schema.sql"}).
     */
    String[] scripts() default {};

    /** Which tests share a database. The default is {@link Scope#CLASS}. */
    Scope scope() default Scope.DEFAULT;

    /** Which tests share a database. */
    enum Scope {
        /** The scope of the declaration that a field or parameter refers to; {@link #CLASS} if there is none. */
        DEFAULT,
        /** The tests of a class, including its nested classes, share a database. */
        CLASS,
        /** Each execution of a test method has a database of its own, also each repetition of a repeated test. */
        METHOD,
        /** All classes of the test run whose declarations are equal share a database. It keeps what they commit. */
        RUN
    }
}
