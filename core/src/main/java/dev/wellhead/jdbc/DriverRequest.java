package dev.wellhead.jdbc;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.MigrationSettings;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.ConnectionUrl;
import dev.wellhead.internal.url.PgjdbcParameters;
import dev.wellhead.internal.url.UnknownParameter;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Converts a {@code jdbc:wellhead:} URL and the properties of a connect into a request for settings. Used once. */
final class DriverRequest {

    static final String PREFIX = "jdbc:wellhead:";

    /** The URL in messages. It is in no variable, and is not shown, because it may contain a password. */
    private static final String SUBJECT = "the JDBC URL";

    private static final String PROPERTIES = "the connection properties";

    /** The parameter that selects the role and the server for migrations. It is not a setting. */
    static final String MIGRATION = "migration";

    private final Problems problems = new Problems();
    private final List<RawValue> values = new ArrayList<>();
    private boolean isForMigrations;

    /** The part that pgjdbc's rules apply to. */
    private final StringBuilder driverUrl = new StringBuilder("jdbc:");

    private DriverRequest() {}

    /**
     * {@return the request}
     *
     * @throws ConfigurationException if a part of the URL or a property is not valid
     */
    static SettingsRequest of(String url, Properties info) {
        return new DriverRequest().read(url.substring(PREFIX.length()), info);
    }

    private SettingsRequest read(String url, Properties info) {
        int question = url.indexOf('?');
        String target = question < 0 ? url : url.substring(0, question);
        boolean isServer = target.contains("://");
        if (!isServer && !target.isEmpty() && !DatabaseName.isValid(target)) {
            reject(
                    ProblemCode.INVALID_NAME,
                    "",
                    "The JDBC URL has neither a server nor the name of a database after " + PREFIX + ".",
                    "Write " + PREFIX + "postgresql://host:port/database, or " + PREFIX
                            + "ledger for the database 'ledger'.");
        }
        // without a server, an empty URL carries the parameters
        driverUrl
                .append(isServer ? target.replaceFirst("^postgres://", "postgresql://") : "postgresql://")
                .append('?');
        if (question >= 0) {
            readParameters(url.substring(question + 1));
        }
        parse(SUBJECT);
        readProperties(info);
        problems.throwIfAny();
        SettingsRequest request = SettingsRequest.ofProcess(isServer || target.isEmpty() ? "default" : target);
        return isForMigrations ? request.forMigrations().with(ofMigrations()) : request.with(values);
    }

    /** {@return the values as settings of migrations, which override the other sources of those} */
    private List<RawValue> ofMigrations() {
        List<RawValue> replacing = new ArrayList<>(values.size());
        for (RawValue value : values) {
            replacing.add(new RawValue(
                    MigrationSettings.replacing(value.setting()), value.text(), value.origin(), value.file()));
        }
        return replacing;
    }

    private void readMigration(String text, String place) {
        if (text.equals("true") || text.equals("false")) {
            isForMigrations |= text.equals("true");
        } else {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    MIGRATION,
                    MIGRATION + " in " + place + " is neither true nor false.",
                    List.of(new Origin.JdbcUrlPart(MIGRATION, place)),
                    "Write " + MIGRATION + "=true to connect as the role for migrations.");
        }
    }

    private void readParameters(String parameters) {
        String before = "";
        for (String parameter : parameters.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            Setting<?> setting = settingOnly(name);
            if (name.equals(MIGRATION) && equals >= 0) {
                readMigration(parameter.substring(equals + 1), SUBJECT);
            } else if (setting != null && equals >= 0) {
                addDecoded(setting, parameter.substring(equals + 1));
            } else if (equals < 0 || PgjdbcParameters.all().find(name) != null) {
                driverUrl.append(parameter).append('&');
            } else if (UnknownParameter.isPassword(before)) {
                reject(
                        ProblemCode.UNKNOWN_SETTING,
                        "",
                        "A parameter in " + SUBJECT + " is not a setting.",
                        "Write %26 for an '&' in a password.");
            } else {
                unknown(name, SUBJECT);
            }
            before = name;
        }
    }

    /** The names are sorted, so that the message does not depend on the order of a hash table. */
    private void readProperties(Properties info) {
        driverUrl.setLength(0);
        driverUrl.append("jdbc:postgresql://?");
        for (String name : new TreeSet<>(info.stringPropertyNames())) {
            String value = info.getProperty(name);
            Setting<?> setting = settingOnly(name);
            if (name.equals(MIGRATION)) {
                readMigration(value, PROPERTIES);
            } else if (setting != null) {
                add(setting, value, PROPERTIES);
            } else if (PgjdbcParameters.all().find(name) != null) {
                driverUrl
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"))
                        .append('&');
            } else {
                unknown(name, PROPERTIES);
            }
        }
        parse(PROPERTIES);
    }

    /** A name that is no identifier may be a part of a password with a '?' in it, and is not shown. */
    private void unknown(String name, String place) {
        boolean isShown = new UnknownParameter(name, Sensitive.of(""), place, true, "").canBeShown();
        problems.add(
                ProblemCode.UNKNOWN_SETTING,
                isShown ? name : place,
                isShown
                        ? name + " in " + place + " is not a setting."
                        : "A parameter in " + place + " is not a setting.",
                List.of(new Origin.JdbcUrlPart(isShown ? name : "", place)),
                nearest(name));
    }

    /** @param part the parameter; empty for the whole URL */
    private void reject(ProblemCode code, String part, String message, String fix) {
        problems.add(
                code, part.isEmpty() ? SUBJECT : part, message, List.of(new Origin.JdbcUrlPart(part, SUBJECT)), fix);
    }

    private static String nearest(String name) {
        List<String> names = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            if (!setting.isSensitive()) {
                names.add(setting.name());
            }
        }
        return Suggestions.nearest(name, names)
                .map(found -> "Did you mean " + found + "?")
                .orElse("Use the name of a setting, or of a parameter of pgjdbc.");
    }

    /** Reads the collected parameters by the rules of a JDBC URL, and names their place as the user does. */
    private void parse(String place) {
        Problems found = new Problems();
        String text = driverUrl.substring(0, driverUrl.length() - 1);
        for (RawValue value : ConnectionUrl.parse(Sensitive.of(text), place, Catalogue.DATABASES, found)) {
            add(RawValue.of(value.setting(), value.text().reveal(), named(value.origin(), place)));
        }
        for (Problem problem : found.all()) {
            List<Origin> origins = new ArrayList<>();
            for (Origin origin : problem.origins()) {
                origins.add(named(origin, place));
            }
            problems.add(Problem.of(problem.code(), problem.setting(), problem.message(), origins, problem.fixes()));
        }
    }

    private static Origin named(Origin origin, String place) {
        return origin instanceof Origin.UrlPart part
                ? new Origin.JdbcUrlPart(part.part(), place)
                : new Origin.JdbcUrlPart("", place);
    }

    /** {@return the setting with this name, if it is not a parameter of pgjdbc, which has its own units; else null} */
    private static @Nullable Setting<?> settingOnly(String name) {
        return PgjdbcParameters.all().find(name) == null ? Catalogue.DATABASES.named(name) : null;
    }

    private void add(Setting<?> setting, String text, String place) {
        add(RawValue.of(setting, text, new Origin.JdbcUrlPart(setting.name(), place)));
    }

    /** A value of the URL and a property that disagree are an error, because drivers differ in which one they use. */
    private void add(RawValue added) {
        for (RawValue value : values) {
            if (value.setting() == added.setting()) {
                if (!value.text().reveal().equals(added.text().reveal())) {
                    problems.add(
                            ProblemCode.CONFLICTING_VALUES,
                            value,
                            added,
                            value.key() + " and " + added.key() + " have different values.",
                            "Keep one of them.");
                }
                return;
            }
        }
        values.add(added);
    }

    /** {@code +} is not a blank, as in the other URLs. */
    private void addDecoded(Setting<?> setting, String encoded) {
        try {
            add(setting, URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8), SUBJECT);
        } catch (IllegalArgumentException e) {
            // without the cause, whose message quotes the value
            reject(
                    ProblemCode.INVALID_URL,
                    setting.name(),
                    setting.name() + " in " + SUBJECT + " has a '%' without two hexadecimal digits after it.",
                    "Write %25 for a '%' itself.");
        }
    }
}
