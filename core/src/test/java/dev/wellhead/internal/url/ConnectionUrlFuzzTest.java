package dev.wellhead.internal.url;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.testkit.ShownText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.Driver;

/** Parses any text as a connection URL. */
class ConnectionUrlFuzzTest {

    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");
    private static final Map<Setting<?>, String> PARTS = Map.of(
            Settings.HOST, "host",
            Settings.PORT, "port",
            Settings.USER, "user",
            Settings.PASSWORD, "password",
            Settings.NAME, "dbname");
    private static final Map<Setting<?>, String> DRIVER_NAMES = Map.of(
            Settings.HOST, "PGHOST",
            Settings.PORT, "PGPORT",
            Settings.USER, "user",
            Settings.PASSWORD, "password",
            Settings.NAME, "PGDBNAME");

    @BeforeAll
    static void silenceDriver() {
        DRIVER_LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void restoreDriverLog() {
        DRIVER_LOG.setLevel(null);
    }

    @FuzzTest
    void url_anyText_isReadAsTheDriverReadsItOrRefusedWithoutShowingIt(byte[] input) {
        String url = new String(input, StandardCharsets.UTF_8);
        Problems problems = new Problems();
        Map<Setting<?>, String> values = parse(url, problems);

        ShownText.requireHarmless(problems.all());
        if (problems.isEmpty()) {
            requireSameAsParameters(values);
            requireSameInDriver(url, values);
        }
    }

    private static Map<Setting<?>, String> parse(String url, Problems problems) {
        List<RawValue> parsed = ConnectionUrl.parse(Sensitive.of(url), "DATABASE_URL", Catalogue.DATABASES, problems);
        ShownText.requireHarmless(parsed);
        Map<Setting<?>, String> values = new HashMap<>();
        for (RawValue value : parsed) {
            values.put(value.setting(), value.text().reveal());
        }
        values.keySet().retainAll(PARTS.keySet());
        return values;
    }

    /** The same parts, written as parameters, mean the same. */
    private static void requireSameAsParameters(Map<Setting<?>, String> values) {
        StringBuilder url = new StringBuilder("postgresql:///?");
        values.forEach((setting, value) -> url.append(PARTS.get(setting))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"))
                .append('&'));
        Problems problems = new Problems();
        Map<Setting<?>, String> again = parse(url.toString(), problems);
        if (!problems.isEmpty() || !again.equals(values)) {
            throw new AssertionError(values + " became " + again + " in " + url);
        }
    }

    private static void requireSameInDriver(String url, Map<Setting<?>, String> values) {
        // the driver decodes + as a blank, and does not decode hosts and ports
        boolean isEncoded = url.indexOf('+') >= 0
                || url.substring(0, Math.max(0, url.lastIndexOf('/'))).indexOf('%') >= 0;
        if (!url.startsWith("jdbc:") || isEncoded) {
            return;
        }
        Properties parsed;
        try {
            parsed = Driver.parseURL(url, new Properties());
        } catch (IndexOutOfBoundsException fault) {
            // of pgjdbc 42.7.14
            return;
        }
        if (parsed == null) {
            return;
        }
        values.forEach((setting, value) -> {
            String other = String.valueOf(parsed.getProperty(DRIVER_NAMES.get(setting)));
            boolean isSame = setting == Settings.HOST
                    ? withoutBrackets(other).equals(withoutBrackets(value))
                    : other.equals(value);
            if (!isSame) {
                throw new AssertionError(setting.name() + " is " + value + ", but in the driver " + other);
            }
        });
    }

    /** The driver keeps the brackets of an IPv6 address. */
    private static String withoutBrackets(String hosts) {
        return hosts.replace("[", "").replace("]", "");
    }
}
