package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

/** Rotations of a password file on a real server. No borrower may fail. */
@Timeout(120)
class RotationTest {

    private static final Duration RETIRED_WITHIN = Duration.ofSeconds(60);

    /** Far below connectionTimeout (10 s), and far above the delays of a busy machine. */
    private static final Duration LONGEST_BORROW = Duration.ofSeconds(3);

    private final PostgresServer server = PostgresServer.shared();
    private final TestDatabase app = TestDatabase.on(server, "password-0");
    private final List<String> events = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void mount() throws IOException {
        file = Files.writeString(directory.resolve("password"), "password-0\n");
    }

    enum Order {
        FILE_FIRST,
        SERVER_FIRST
    }

    static Stream<Arguments> underLoad() {
        return Stream.of(
                arguments(1, Order.FILE_FIRST),
                arguments(1, Order.SERVER_FIRST),
                arguments(2, Order.FILE_FIRST),
                arguments(2, Order.SERVER_FIRST),
                arguments(10, Order.FILE_FIRST),
                arguments(10, Order.SERVER_FIRST));
    }

    @ParameterizedTest(name = "maximumPoolSize {0}, {1}")
    @MethodSource("underLoad")
    void rotation_underLoad_failsNoBorrow(int maximumPoolSize, Order order) throws Exception {
        try (Database database = open(maximumPoolSize)) {
            Load load = new Load(database, 8);
            Set<String> old = sessions();
            try {
                load.start();
                for (int rotation = 1; rotation <= 2; rotation++) {
                    String next = "password-" + rotation;
                    if (order == Order.FILE_FIRST) {
                        swapFile(next);
                        load.awaitMoreBorrows(200);
                        app.setPassword(next);
                    } else {
                        app.setPassword(next);
                        load.awaitMoreBorrows(200);
                        swapFile(next);
                    }
                    int completed = rotation;
                    Await.until(
                            RETIRED_WITHIN,
                            "rotation " + rotation + " completed",
                            () -> count("completed") == completed);
                    Set<String> gone = old;
                    // the server ends the session of a closed connection a little later
                    Await.until(RETIRED_WITHIN, () -> Collections.disjoint(sessions(), gone));
                    old = sessions();
                }
            } finally {
                load.stop();
            }
            assertThat(load.failures).isEmpty();
            assertThat(Duration.ofNanos(load.longestBorrow.get())).isLessThan(LONGEST_BORROW);
            assertThat(load.borrows.get()).isGreaterThan(400);
        }
    }

    @Test
    void rotation_idlePool_isProvenAndRetiredInTheBackground() throws Exception {
        try (LogCapture log = LogCapture.start();
                Database database = open(3)) {
            Await.until(RETIRED_WITHIN, () -> app.sessions() == 3);
            TestDatabase.query(database);
            Set<String> old = sessions();

            app.setPassword("password-1");
            swapFile("password-1");

            Await.until(RETIRED_WITHIN, () -> count("completed") == 1);
            Await.until(RETIRED_WITHIN, () -> Collections.disjoint(sessions(), old));
            assertThat(log.messages(Level.INFO))
                    .filteredOn(message -> message.startsWith("Database 'default':"))
                    .satisfiesExactly(
                            message -> assertThat(message)
                                    .isEqualTo("Database 'default': found new credentials in password file " + file
                                            + " (newest). Trying them."),
                            message -> assertThat(message)
                                    .isEqualTo("Database 'default': the server accepted new credentials from password"
                                            + " file " + file
                                            + " (newest). 3 older connections retire one at a time."),
                            message -> assertThat(message)
                                    .matches("Database 'default': the rotation of password file \\Q" + file
                                            + "\\E is complete \\(newest\\). 3 connections retired in \\d+ ms\\."));
            assertThat(events).containsExactly("proven newest", "completed");
            assertThat(log.text()).doesNotContain("password-0").doesNotContain("password-1");
        }
    }

    @Test
    void rotation_serverNotYet_keepsTheConnectionsUntilItIsProven() throws Exception {
        try (LogCapture log = LogCapture.start();
                Database database = open(2)) {
            Await.until(RETIRED_WITHIN, () -> app.sessions() == 2);
            Set<String> old = sessions();
            swapFile("password-1");

            Await.until(RETIRED_WITHIN, () -> log.messages(Level.INFO).stream()
                    .anyMatch(message -> message.startsWith(
                            "Database 'default': the server does not accept the new credentials yet. The present ones"
                                    + " stay in use. ")));

            assertThat(sessions()).isEqualTo(old);
            assertThat(events).isEmpty();
            TestDatabase.query(database);
            app.setPassword("password-1");
            Await.until(RETIRED_WITHIN, () -> count("completed") == 1);
            Await.until(RETIRED_WITHIN, () -> Collections.disjoint(sessions(), old));
        }
    }

    @Test
    void rotation_connectionInUse_finishesItsWork() throws Exception {
        try (Database database = open(2)) {
            Await.until(RETIRED_WITHIN, () -> app.sessions() == 2);
            try (Connection used = database.getConnection()) {
                used.setAutoCommit(false);
                String before = TestDatabase.answer(used, "select pg_backend_pid()");

                app.setPassword("password-1");
                swapFile("password-1");
                Await.until(RETIRED_WITHIN, () -> count("proven newest") == 1);
                Await.until(
                        RETIRED_WITHIN,
                        () -> sessions().size() == 2
                                && !sessionsOtherThan(before).isEmpty());

                assertThat(TestDatabase.answer(used, "select pg_backend_pid()")).isEqualTo(before);
                used.commit();
                assertThat(count("completed")).isZero();
            }
            Await.until(RETIRED_WITHIN, () -> count("completed") == 1);
        }
    }

    @Test
    void rotation_minimumIdleZeroAndWaiters_servesAllWaiters() throws Exception {
        try (Database database = open(1, "DB_MINIMUM_IDLE", "0")) {
            Load load = new Load(database, 4);
            try {
                load.start();
                app.setPassword("password-1");
                swapFile("password-1");
                Await.until(RETIRED_WITHIN, () -> count("completed") == 1);
                load.awaitMoreBorrows(100);
            } finally {
                load.stop();
            }
            assertThat(load.failures).isEmpty();
            assertThat(Duration.ofNanos(load.longestBorrow.get())).isLessThan(LONGEST_BORROW);
        }
    }

    @Test
    void rotation_noSlotForAReplacement_completes() throws Exception {
        server.execute("alter role " + app.role() + " connection limit 2");
        try (Database database = open(2)) {
            Await.until(RETIRED_WITHIN, () -> app.sessions() == 2);
            Set<String> old = sessions();
            app.setPassword("password-1");
            swapFile("password-1");
            // no connection can prove the new password while both slots are used: one of them has to be closed first
            server.execute("select pg_terminate_backend(pid) from (select pid from pg_stat_activity where usename = '"
                    + app.role() + "' limit 1) one");
            Await.until(RETIRED_WITHIN, () -> {
                try {
                    TestDatabase.query(database);
                } catch (SQLException theOneThatWasTerminated) {
                    assertThat(theOneThatWasTerminated.getSQLState()).isEqualTo("57P01");
                }
                return count("completed") == 1;
            });
            Await.until(RETIRED_WITHIN, () -> Collections.disjoint(sessions(), old));
        }
    }

    @Test
    void refreshCredentials_nothingNew_returnsFalse() throws Exception {
        try (Database database = open(1)) {
            assertThat(database.refreshCredentials()).isFalse();
        }
    }

    @Test
    void refreshCredentials_newPassword_provesItImmediately() throws Exception {
        try (Database database = open(2)) {
            app.setPassword("password-1");
            swapFile("password-1");

            boolean found = database.refreshCredentials();

            // the maintenance thread may have noticed it first; in both cases the credentials are proven now
            assertThat(found || count("proven newest") == 1).isTrue();
            assertThat(events).startsWith("proven newest");
            Await.until(RETIRED_WITHIN, () -> count("completed") == 1);
        }
    }

    @Test
    void refreshCredentials_passwordTheServerRefuses_throwsAndKeepsThePool() throws Exception {
        try (Database database = open(1)) {
            swapFile("password-1");

            assertThatThrownBy(database::refreshCredentials)
                    .isInstanceOf(SQLException.class)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("28P01"));
            TestDatabase.query(database);
        }
    }

    private Database open(int maximumPoolSize, String... more) throws SQLException {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of(
                "DB_PASSWORD_FILE",
                file.toString(),
                "DB_MAXIMUM_POOL_SIZE",
                Integer.toString(maximumPoolSize),
                "DB_CONNECTION_TIMEOUT",
                "10s"));
        return Databases.builder()
                .environment(app.environment(all.toArray(new String[0])))
                .listener(new Recorder(events))
                .open();
    }

    private void swapFile(String password) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), password + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private int count(String event) {
        return (int) events.stream().filter(event::equals).count();
    }

    private Set<String> sessions() {
        return new HashSet<>(
                server.query("select pid::text from pg_stat_activity where usename = '" + app.role() + "'"));
    }

    private Set<String> sessionsOtherThan(String pid) {
        Set<String> others = sessions();
        others.remove(pid);
        return others;
    }

    private record Recorder(List<String> events) implements DatabaseListener {

        @Override
        public void rotationProven(RotationProven event) {
            events.add("proven " + event.label());
        }

        @Override
        public void rotationCompleted(RotationCompleted event) {
            events.add("completed");
        }
    }
}
