/**
 * A JUnit extension that gives each test class or test method a PostgreSQL database of its own. Entry type:
 * {@link dev.wellhead.junit.TestDatabase}.
 */
module dev.wellhead.junit {
    requires transitive dev.wellhead.core;
    requires transitive org.junit.jupiter.api;
    requires org.junit.platform.commons;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires static org.jspecify;
    requires static spring.beans;
    requires static spring.context;
    requires static spring.core;
    requires static spring.test;

    exports dev.wellhead.junit;

    // JUnit instantiates the extension
    opens dev.wellhead.junit.internal to
            org.junit.platform.commons;
    // Spring's test framework does the same
    opens dev.wellhead.junit.internal.spring to
            spring.core;
}
