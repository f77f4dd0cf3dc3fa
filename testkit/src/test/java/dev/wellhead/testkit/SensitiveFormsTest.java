package dev.wellhead.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Shows that {@code SensitiveValuesTest} would see a leak: every form and every place is found when there is one. */
class SensitiveFormsTest {

    private static final SensitiveForms PASSWORD = SensitiveForms.random(7, "keeper");

    @Test
    void forms_textWithoutThePassword_areNone() {
        assertThat(PASSWORD.in("pool-1 - Added connection PhysicalConnection@1b2c3d4e (port 54321, 1013 ms)"))
                .isEmpty();
    }

    @Test
    void forms_everyOneOfThem_isFound() throws Exception {
        String value = PASSWORD.value();
        byte[] bytes = value.getBytes(UTF_8);
        assertThat(PASSWORD.in("..." + value.substring(500, 508) + "...")).containsExactly("in part");
        assertThat(PASSWORD.in(URLEncoder.encode(value, UTF_8))).contains("in part");
        assertThat(PASSWORD.in("%" + HexFormat.ofDelimiter("%").withUpperCase().formatHex(bytes)))
                .containsExactly("percent-encoded");
        assertThat(PASSWORD.in(HexFormat.of().formatHex(bytes))).containsExactly("hexadecimal");
        for (String before : List.of("", "a", "ab")) {
            assertThat(PASSWORD.in(Base64.getEncoder().encodeToString((before + value + "!").getBytes(UTF_8))))
                    .hasSize(1);
        }
        for (String algorithm : List.of("MD5", "SHA-256")) {
            byte[] hash = MessageDigest.getInstance(algorithm).digest(bytes);
            assertThat(PASSWORD.in(HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT)))
                    .containsExactly(algorithm + ", hexadecimal");
            assertThat(PASSWORD.in(Base64.getEncoder().encodeToString(hash))).containsExactly(algorithm + ", base64");
        }
        assertThat(PASSWORD.in("FE=> SASLResponse( c=biws,r=abc,p=Z6lqcz4fV8SXFQWn8uOAPg+hNH28hefXz5hqSfy6Yw4= )"))
                .containsExactly("answer of SCRAM or MD5");
        assertThat(PASSWORD.in("Password(md5digest=md5dd528498f5c4888bf58e0cdcd58783c5)"))
                .containsExactly("answer of SCRAM or MD5");
        assertThat(PASSWORD.in("hash " + value.hashCode())).containsExactly("hash code");
        assertThat(PASSWORD.in("a password of " + value.length() + " characters"))
                .containsExactly("length");
    }

    @Test
    void logs_bothSystemsAndStackTraces_areSeen() {
        try (LogCapture log = LogCapture.start()) {
            LoggerFactory.getLogger("com.zaxxer.hikari.Leaky").trace("it is {}", PASSWORD.value());
            assertThat(PASSWORD.in(log.text())).contains("in part");
        }
        try (LogCapture log = LogCapture.start()) {
            java.util.logging.Logger.getLogger("org.postgresql.Leaky").log(Level.FINEST, "it is {0}", PASSWORD.value());
            assertThat(PASSWORD.in(log.text())).contains("in part");
        }
        try (LogCapture log = LogCapture.start()) {
            LoggerFactory.getLogger("dev.wellhead.Leaky")
                    .debug("failed", new SQLException("a", new Exception(PASSWORD.value())));
            assertThat(PASSWORD.in(log.text())).contains("in part");
        }
    }

    @Test
    void throwables_causesSuppressedAndChained_areSeen() {
        Exception leak = new Exception(PASSWORD.value());
        SQLException chained = new SQLException("chained");
        chained.setNextException(new SQLException("next", leak));
        Exception suppressing = new Exception("suppressing");
        suppressing.addSuppressed(leak);
        for (Throwable thrown : List.of(new Exception("caused", leak), chained, suppressing)) {
            Evidence evidence = new Evidence();
            evidence.addThrowable("exception", thrown);
            assertThat(evidence.of(PASSWORD)).containsOnlyKeys("exception");
        }
    }

    /** An MBean that leaks. */
    public interface Leaky {
        /** {@return the password} */
        String[] getSettings();
    }

    @Test
    void mBeansAndThreads_names_areSeen() throws Exception {
        ObjectName name = new ObjectName("dev.wellhead.test:type=Leaky");
        Leaky leaky = () -> new String[] {PASSWORD.value()};
        ManagementFactory.getPlatformMBeanServer().registerMBean(new StandardMBean(leaky, Leaky.class), name);
        CountDownLatch checked = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        checked.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "thread of " + PASSWORD.value());
        thread.start();
        try {
            Evidence evidence = new Evidence();
            evidence.addMBeans();
            evidence.addThreads();
            assertThat(evidence.of(PASSWORD)).containsOnlyKeys("JMX", "thread names");
        } finally {
            checked.countDown();
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
    }

    @Test
    void heap_propertiesTable_isFoundByItsKeyOrValue(@TempDir Path directory) throws Exception {
        String probe = PASSWORD.value().substring(100, 140);
        assertThat(HeapDump.propertiesThatHold(probe, directory)).isEmpty();
        Properties leak = new Properties();
        leak.setProperty("password", PASSWORD.value());
        assertThat(HeapDump.propertiesThatHold(probe, directory)).containsExactly("java.util.Properties");
        assertThat(leak).hasSize(1);
    }
}
