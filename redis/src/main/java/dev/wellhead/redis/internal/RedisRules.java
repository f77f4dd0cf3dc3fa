package dev.wellhead.redis.internal;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.UrlParts;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The syntax of the URL, and rules that databases do not have. A URL is rejected if clients read it differently: some take a
 * single word before the {@code @} for the password, and others for the user. Sources: IANA, "Uniform Resource Identifier
 * (URI) Schemes", {@code redis} and {@code rediss}; Valkey documentation, {@code valkey-cli}.
 */
final class RedisRules implements Catalogue.Rules {

    private static final String SCHEME = "scheme";

    /** The names of parameters that other clients use. */
    private static final Map<String, Setting<?>> PARAMETERS = Map.of(
            "database", RedisCatalogue.DATABASE,
            "db", RedisCatalogue.DATABASE,
            "timeout", RedisCatalogue.COMMAND_TIMEOUT,
            "commandTimeout", RedisCatalogue.COMMAND_TIMEOUT,
            "connectTimeout", RedisCatalogue.CONNECT_TIMEOUT,
            "clientName", RedisCatalogue.CLIENT_NAME);

    @Override
    public List<RawValue> parse(Sensitive url, String variable, Problems problems) {
        UrlParts parts = UrlParts.read(url, variable, RedisCatalogue.REDIS, problems);
        if (parts == null) {
            return List.of();
        }
        if (!parts.user().isEmpty() && parts.password().reveal().isEmpty()) {
            problems.add(
                    ProblemCode.INVALID_URL,
                    variable,
                    variable
                            + " has one word before the '@', which is a password for some clients and a user for others.",
                    Origin.Variable.of(variable),
                    "Write user:password@ or :password@, or set the user as a setting of its own.");
            return List.of();
        }
        List<RawValue> values = new ArrayList<>();
        boolean encrypted = url.reveal().startsWith("rediss:") || url.reveal().startsWith("valkeys:");
        add(values, Settings.SSLMODE, SCHEME, (encrypted ? SslMode.VERIFY_FULL : SslMode.DISABLE).value(), variable);
        add(values, Settings.HOST, "host", parts.host(), variable);
        add(values, Settings.PORT, "port", parts.port(), variable);
        add(values, Settings.USER, "user", parts.user(), variable);
        add(values, Settings.PASSWORD, "password", parts.password().reveal(), variable);
        add(values, RedisCatalogue.DATABASE, "database", parts.path(), variable);
        addParameters(parts, values, variable, problems);
        return values;
    }

    private static void add(List<RawValue> values, Setting<?> setting, String part, String text, String variable) {
        if (!text.isEmpty()) {
            values.add(RawValue.of(setting, text, new Origin.UrlPart(part, variable)));
        }
    }

    private static void addParameters(UrlParts parts, List<RawValue> values, String variable, Problems problems) {
        for (Map.Entry<String, Sensitive> parameter :
                parts.parameters(variable, problems).entrySet()) {
            Setting<?> setting = PARAMETERS.get(parameter.getKey());
            boolean isTwice = setting == RedisCatalogue.DATABASE
                    && values.stream().anyMatch(value -> value.setting() == RedisCatalogue.DATABASE);
            if (setting == null || isTwice) {
                String nearest = Suggestions.nearest(parameter.getKey(), PARAMETERS.keySet())
                        .map(name -> "Did you mean " + name + "?")
                        .orElse(
                                "Remove it. Parameters are: clientName, commandTimeout, connectTimeout, database, db, timeout.");
                problems.add(
                        ProblemCode.INVALID_URL,
                        variable,
                        variable + (isTwice ? " has more than one database." : " has an unknown parameter."),
                        Origin.Variable.of(variable),
                        isTwice ? "Keep one of them." : nearest);
            } else {
                add(values, setting, parameter.getKey(), parameter.getValue().reveal(), variable);
            }
        }
    }

    /** The scheme {@code rediss} requires TLS; the SSL mode decides how the server is verified. */
    @Override
    public boolean isRefined(RawValue partOfUrl, RawValue value) {
        return partOfUrl.origin() instanceof Origin.UrlPart part
                && part.part().equals(SCHEME)
                && partOfUrl.text().reveal().equals(SslMode.VERIFY_FULL.value())
                && SslMode.of(value.text().reveal())
                        .filter(mode -> mode.isAtLeast(SslMode.REQUIRE))
                        .isPresent();
    }

    @Override
    public void check(DatabaseName name, Function<Setting<?>, @Nullable RawValue> winner, Problems problems) {
        RawValue host = winner.apply(Settings.HOST);
        if (host != null && host.text().reveal().indexOf(',') >= 0) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    host,
                    host.key() + " lists several hosts, but only one is supported.",
                    "Set the endpoint of the primary, or of a cluster its configuration endpoint.");
        }
        RawValue client = winner.apply(RedisCatalogue.CLIENT_NAME);
        if (client != null && client.text().reveal().chars().anyMatch(c -> c <= ' ' || c > '~')) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    client,
                    client.keyIs() + " not a name that Redis accepts.",
                    "Use visible ASCII characters without blanks.");
        }
    }
}
