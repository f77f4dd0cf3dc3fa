package dev.wellhead.internal.sources;

import static dev.wellhead.internal.url.Parameter.supported;
import static dev.wellhead.internal.url.Parameter.unsupported;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.LibpqParameters;
import dev.wellhead.internal.url.Parameter;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads libpq's environment variables, except for those that name a service or a directory. Source: PostgreSQL
 * documentation, libpq chapter, "Environment Variables".
 */
public final class LibpqVariables {

    /** Variables and their parameters. An array, because every start reads each of them. */
    private static final String[] NAMES = {
        "PGHOST", "host",
        "PGHOSTADDR", "hostaddr",
        "PGPORT", "port",
        "PGDATABASE", "dbname",
        "PGUSER", "user",
        "PGPASSWORD", "password",
        "PGPASSFILE", "passfile",
        "PGREQUIREAUTH", "require_auth",
        "PGCHANNELBINDING", "channel_binding",
        "PGOPTIONS", "options",
        "PGAPPNAME", "application_name",
        "PGSSLMODE", "sslmode",
        "PGREQUIRESSL", "requiressl",
        "PGSSLNEGOTIATION", "sslnegotiation",
        "PGSSLCOMPRESSION", "sslcompression",
        "PGSSLCERT", "sslcert",
        "PGSSLKEY", "sslkey",
        "PGSSLCERTMODE", "sslcertmode",
        "PGSSLROOTCERT", "sslrootcert",
        "PGSSLCRL", "sslcrl",
        "PGSSLCRLDIR", "sslcrldir",
        "PGSSLSNI", "sslsni",
        "PGREQUIREPEER", "requirepeer",
        "PGSSLMINPROTOCOLVERSION", "ssl_min_protocol_version",
        "PGSSLMAXPROTOCOLVERSION", "ssl_max_protocol_version",
        "PGGSSENCMODE", "gssencmode",
        "PGKRBSRVNAME", "krbsrvname",
        "PGGSSLIB", "gsslib",
        "PGGSSDELEGATION", "gssdelegation",
        "PGCONNECT_TIMEOUT", "connect_timeout",
        "PGCLIENTENCODING", "client_encoding",
        "PGTARGETSESSIONATTRS", "target_session_attrs",
        "PGLOADBALANCEHOSTS", "load_balance_hosts",
        "PGMINPROTOCOLVERSION", "min_protocol_version",
        "PGMAXPROTOCOLVERSION", "max_protocol_version",
        "PGTZ", "",
        "PGDATESTYLE", "",
        "PGGEQO", ""
    };

    private LibpqVariables() {}

    /** {@return the names of all variables} */
    static List<String> names() {
        List<String> names = new ArrayList<>(NAMES.length / 2);
        for (int i = 0; i < NAMES.length; i += 2) {
            names.add(NAMES[i]);
        }
        return names;
    }

    /** {@return the values of the variables; a blank variable counts as not set} */
    public static List<RawValue> read(Map<String, String> variables, Problems problems) {
        List<RawValue> values = new ArrayList<>();
        for (int i = 0; i < NAMES.length; i += 2) {
            String text = variables.get(NAMES[i]);
            if (text != null && !text.isBlank()) {
                RawValue value =
                        parameter(NAMES[i], NAMES[i + 1]).read(text, Origin.Variable.ofLibpq(NAMES[i]), problems);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    private static Parameter parameter(String variable, String name) {
        Parameter parameter = LibpqParameters.all().find(name);
        return parameter == null ? sessionDefault(variable) : parameter;
    }

    private static Parameter sessionDefault(String variable) {
        return switch (variable) {
            case "PGTZ" -> supported(variable, Settings.TIME_ZONE);
            case "PGDATESTYLE" ->
                unsupported(variable, "the driver requires the date style ISO", "Use ISO, or remove it.", "ISO", "iso");
            default ->
                unsupported(
                        variable,
                        "it is a server option",
                        "Remove it, and set -c geqo=on or -c geqo=off in the setting options.");
        };
    }
}
