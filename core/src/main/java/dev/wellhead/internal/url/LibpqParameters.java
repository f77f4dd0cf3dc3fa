package dev.wellhead.internal.url;

import static dev.wellhead.internal.url.Parameter.unsupported;

import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Every connection parameter of libpq in PostgreSQL 16 to 18, with its setting in the catalogue or the reason why
 * it is not supported.
 * Source: PostgreSQL documentation, libpq chapter, "Parameter Key Words".
 */
public final class LibpqParameters {

    private static final String USE_PASSWORD = "Leave it out and log in with a password.";
    private static final String LEAVE_OUT = "Leave it out.";
    static final String NO_GSS = "Wellhead does not support GSSAPI or Kerberos";
    static final String NO_REPLICATION = "a pool does not support replication connections";

    private static final Parameters ALL = new Parameters(
                    unsupported(
                            "hostaddr",
                            "with an address beside the host name it is not clear which of them is verified",
                            "Put the address in host; with verify-full the certificate must contain it."),
                    unsupported(
                            "service",
                            "a service is selected only by the environment",
                            "Set PGSERVICE; a service cannot name another one."),
                    unsupported(
                            "servicefile",
                            "the service file is selected only by the environment",
                            "Set PGSERVICEFILE."),
                    unsupported(
                            "fallback_application_name",
                            "the application name has a default of its own",
                            "Use application_name."),
                    unsupported(
                            "requiressl",
                            "libpq replaced it with sslmode",
                            "Use sslmode=require for 1, sslmode=prefer for 0."),
                    unsupported("requirepeer", "it applies to Unix sockets, which Wellhead does not use", LEAVE_OUT),
                    unsupported("sslkeylogfile", "Wellhead does not write session keys to a file", LEAVE_OUT),
                    unsupported(
                            "ssl_min_protocol_version",
                            "the JVM selects the TLS version",
                            "Leave it out; the JVM uses TLSv1.2 or later unless jdk.tls.disabledAlgorithms was changed."),
                    unsupported(
                            "ssl_max_protocol_version",
                            "the JVM selects the TLS version",
                            "Leave it out, or set the system property jdk.tls.client.protocols."),
                    unsupported(
                            "client_encoding",
                            "the driver supports only UTF8",
                            "Use UTF8, or leave it out.",
                            "UTF8",
                            "utf8",
                            "UTF-8",
                            "utf-8",
                            "auto"),
                    unsupported("replication", NO_REPLICATION, LEAVE_OUT, "0", "no", "off", "false"),
                    unsupported("gssencmode", NO_GSS, "Use disable or prefer, or leave it out.", "disable", "prefer"),
                    unsupported("gssdelegation", NO_GSS, LEAVE_OUT, "0"),
                    unsupported(
                            "sslcompression",
                            "TLS compression is unsafe, and the JVM does not support it",
                            LEAVE_OUT,
                            "0"),
                    unsupported("sslsni", "the JVM always sends the host name in TLS", "Use 1, or leave it out.", "1"),
                    unsupported(
                            "sslcertmode",
                            "a client certificate is sent if one is configured and the server requests it",
                            "Use allow, or leave it out; leave out sslcert to send none.",
                            "allow"),
                    unsupported(
                            "tcp_user_timeout",
                            "the JVM has no such option",
                            "Leave it out; socketTimeout limits a read from the server.",
                            "0"),
                    unsupported(
                            "min_protocol_version",
                            "the driver uses protocol version 3.0",
                            "Use 3.0, or leave it out.",
                            "3.0"),
                    unsupported(
                            "max_protocol_version",
                            "the driver uses protocol version 3.0",
                            "Use 3.0 or later, or leave it out.",
                            "3.0",
                            "3.2",
                            "latest"))
            .add(ofCatalogue())
            .unsupported(NO_GSS, USE_PASSWORD, "krbsrvname gsslib")
            .unsupported("Wellhead needs the password itself", "Use password.", "scram_client_key scram_server_key")
            .unsupported(
                    "Wellhead does not support OAuth",
                    USE_PASSWORD,
                    "oauth_issuer oauth_client_id oauth_client_secret oauth_scope oauth_ca_file");

    private LibpqParameters() {}

    private static List<Parameter> ofCatalogue() {
        List<Parameter> parameters = new ArrayList<>(32);
        for (Setting<?> setting : Settings.all()) {
            if (setting.libpqName().isPresent()) {
                parameters.add(Parameter.supported(setting.libpqName().get(), setting, conversion(setting)));
            }
        }
        return parameters;
    }

    /** libpq writes durations as whole seconds and booleans as 0 and 1. */
    private static Conversion conversion(Setting<?> setting) {
        return switch (setting.kind()) {
            case PORTS -> new Conversion.Ports();
            case BOOLEAN -> new Conversion.ZeroOne();
            case DURATION -> new Conversion.Seconds(!setting.meaningOfZero().isEmpty());
            default -> new Conversion.Unchanged();
        };
    }

    public static Parameters all() {
        return ALL;
    }
}
