package dev.wellhead.internal.url;

import static dev.wellhead.internal.url.Parameter.means;
import static dev.wellhead.internal.url.Parameter.refused;
import static dev.wellhead.internal.url.Parameter.refusedUnless;

import dev.wellhead.settings.Settings;

/**
 * Every connection parameter of libpq in PostgreSQL 16 to 18: a setting, or refused by name with the reason. Source:
 * PostgreSQL documentation, libpq chapter, "Parameter Key Words".
 */
public final class LibpqParameters {

    private static final String GSS = "Wellhead does not speak GSSAPI or Kerberos";
    private static final String USE_PASSWORD = "Leave it out and log in with a password.";
    private static final String LEAVE_OUT = "Leave it out.";

    private static final Parameters ALL = new Parameters(
            means("host", Settings.HOST),
            means("port", Settings.PORT, new Conversion.Ports()),
            means("dbname", Settings.NAME),
            means("user", Settings.USER),
            means("password", Settings.PASSWORD),
            means("passfile", Settings.PASSFILE),
            means("require_auth", Settings.REQUIRE_AUTH),
            means("channel_binding", Settings.CHANNEL_BINDING),
            means("connect_timeout", Settings.CONNECT_TIMEOUT, new Conversion.Seconds(false)),
            means("options", Settings.OPTIONS),
            means("application_name", Settings.APPLICATION_NAME),
            means("keepalives", Settings.KEEPALIVES, new Conversion.ZeroOne()),
            means("keepalives_idle", Settings.KEEPALIVES_IDLE, new Conversion.Seconds(true)),
            means("keepalives_interval", Settings.KEEPALIVES_INTERVAL, new Conversion.Seconds(true)),
            means("keepalives_count", Settings.KEEPALIVES_COUNT),
            means("sslmode", Settings.SSLMODE),
            means("sslnegotiation", Settings.SSLNEGOTIATION),
            means("sslcert", Settings.SSLCERT),
            means("sslkey", Settings.SSLKEY),
            means("sslpassword", Settings.SSLPASSWORD),
            means("sslrootcert", Settings.SSLROOTCERT),
            means("target_session_attrs", Settings.TARGET_SERVER_TYPE),
            means("load_balance_hosts", Settings.LOAD_BALANCE_HOSTS),
            refused(
                    "hostaddr",
                    "an address beside the host name would leave it open which of them is verified",
                    "Put the address in host; with verify-full the certificate must carry it."),
            refused(
                    "service",
                    "a service is chosen by the environment alone",
                    "Set PGSERVICE; a service cannot name another one."),
            refused("servicefile", "the service file is chosen by the environment alone", "Set PGSERVICEFILE."),
            refused(
                    "fallback_application_name",
                    "there is one application name and it has a default of its own",
                    "Use application_name."),
            refused("requiressl", "libpq gave it up for sslmode", "Use sslmode=require for 1, sslmode=prefer for 0."),
            refused("requirepeer", "it is about Unix sockets, which Wellhead does not use", LEAVE_OUT),
            refused("sslcrl", "Wellhead does not read revocation lists", LEAVE_OUT),
            refused("sslcrldir", "Wellhead does not read revocation lists", LEAVE_OUT),
            refused("sslkeylogfile", "Wellhead does not write the keys of a session to a file", LEAVE_OUT),
            refused(
                    "ssl_min_protocol_version",
                    "the JVM decides on the TLS versions",
                    "Leave it out; the JVM takes TLSv1.2 or later unless jdk.tls.disabledAlgorithms was changed."),
            refused(
                    "ssl_max_protocol_version",
                    "the JVM decides on the TLS versions",
                    "Leave it out, or set the system property jdk.tls.client.protocols."),
            refused("krbsrvname", GSS, USE_PASSWORD),
            refused("gsslib", GSS, USE_PASSWORD),
            refused("scram_client_key", "Wellhead needs the password itself", "Use password."),
            refused("scram_server_key", "Wellhead needs the password itself", "Use password."),
            refused("oauth_issuer", "Wellhead does not speak OAuth", USE_PASSWORD),
            refused("oauth_client_id", "Wellhead does not speak OAuth", USE_PASSWORD),
            refused("oauth_client_secret", "Wellhead does not speak OAuth", USE_PASSWORD),
            refused("oauth_scope", "Wellhead does not speak OAuth", USE_PASSWORD),
            refused("oauth_ca_file", "Wellhead does not speak OAuth", USE_PASSWORD),
            refusedUnless(
                    "client_encoding",
                    "the driver speaks UTF8 alone",
                    "Use UTF8, or leave it out.",
                    "UTF8",
                    "utf8",
                    "UTF-8",
                    "utf-8",
                    "auto"),
            refusedUnless(
                    "replication",
                    "a pool is no place for a replication connection",
                    LEAVE_OUT,
                    "0",
                    "no",
                    "off",
                    "false"),
            refusedUnless("gssencmode", GSS, "Use disable or prefer, or leave it out.", "disable", "prefer"),
            refusedUnless("gssdelegation", GSS, LEAVE_OUT, "0"),
            refusedUnless("sslcompression", "TLS compression is unsafe, and the JVM has none", LEAVE_OUT, "0"),
            refusedUnless("sslsni", "the JVM always sends the host name in TLS", "Use 1, or leave it out.", "1"),
            refusedUnless(
                    "sslcertmode",
                    "a client certificate is sent where one is configured and the server asks",
                    "Use allow, or leave it out; leave out sslcert to send none.",
                    "allow"),
            refusedUnless(
                    "tcp_user_timeout",
                    "the JVM has no such option",
                    "Leave it out; socketTimeout bounds a read from the server.",
                    "0"),
            refusedUnless("min_protocol_version", "the driver speaks version 3.0", "Use 3.0, or leave it out.", "3.0"),
            refusedUnless(
                    "max_protocol_version",
                    "the driver speaks version 3.0",
                    "Use 3.0 or later, or leave it out.",
                    "3.0",
                    "3.2",
                    "latest"));

    private LibpqParameters() {}

    public static Parameters all() {
        return ALL;
    }
}
