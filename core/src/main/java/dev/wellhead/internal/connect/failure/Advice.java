package dev.wellhead.internal.connect.failure;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.ReaderFallback;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.tls.SslMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fixes for failures that involve settings. Each setting is referred to as {@link SettingReference} does. */
public final class Advice {

    private static final int MISSPELT = 2;

    private final DatabaseSettings settings;

    public Advice(DatabaseSettings settings) {
        this.settings = settings;
    }

    private String reference(Setting<?> setting) {
        return SettingReference.of(settings, setting);
    }

    List<String> correct(Setting<?> setting) {
        return List.of("Correct " + reference(setting) + ".");
    }

    List<String> unresolved(String host) {
        String correct = "Correct " + reference(Settings.HOST);
        if (Suggestions.distance(host, "localhost") <= MISSPELT) {
            return List.of("Did you mean 'localhost'? " + correct + ".");
        }
        return List.of(
                host.indexOf('.') < 0
                        ? correct
                                + ". A name without a dot resolves only within its search domain or container network."
                        : correct + ", or check that the DNS server of this machine resolves the name.");
    }

    List<String> nothingListens() {
        if (!settings.environment().isStrict() && settings.hostIsDefault()) {
            return List.of(
                    "Start PostgreSQL on this machine, or add wellhead-embedded to the class path, which starts it.",
                    "If the database runs elsewhere, set " + urlVariable() + ", or " + settings.variable(Settings.HOST)
                            + " and " + settings.variable(Settings.PORT) + ".");
        }
        return List.of(
                "Correct " + reference(Settings.PORT) + " if the server listens on another port.",
                "Otherwise check " + reference(Settings.HOST)
                        + ", and that the server is running and listens on this address (listen_addresses).");
    }

    private String urlVariable() {
        return new DatabaseName(settings.name(), Catalogue.DATABASES).urlVariable();
    }

    List<String> unreachable() {
        return List.of("Check " + SettingReference.of(settings, Settings.HOST, "and", Settings.PORT)
                + ". A firewall or security group that drops packets has the same effect.");
    }

    List<String> silent() {
        return List.of(
                "Correct " + reference(Settings.PORT) + " if it is not the port of a PostgreSQL server. " + moreTime());
    }

    List<String> slow() {
        return List.of(moreTime());
    }

    private String moreTime() {
        return "If the server is slow, raise " + reference(Settings.CONNECT_TIMEOUT) + ".";
    }

    List<String> notPostgresql() {
        return List.of("Correct " + SettingReference.of(settings, Settings.HOST, "or", Settings.PORT) + ".");
    }

    /** {@return the fix for a login that the server refused} A server does not reveal whether the user exists. */
    public String refusedPassword() {
        CredentialsSource source = settings.credentialsSource();
        if (source instanceof CredentialsSource.Fixed) {
            return "Correct " + SettingReference.of(settings, Settings.USER, "or", Settings.PASSWORD)
                    + ", or set the same password on the server.";
        }
        if (source instanceof CredentialsSource.PasswordFile file) {
            return "Correct " + reference(Settings.USER) + " or the password in " + file.file()
                    + ", or set the same password on the server.";
        }
        return "Check the user and the password, and that the server has the same password.";
    }

    List<String> setPassword() {
        return List.of(
                settings.credentialsSource() instanceof CredentialsSource.Fixed
                        ? "Set " + reference(Settings.PASSWORD) + "."
                        : "Set a password for the user.");
    }

    List<String> noTls() {
        String enable = "Enable TLS on the server (ssl = on)";
        return List.of(
                settings.environment().isStrict()
                        ? enable + ". Environment '" + settings.environment().name() + "' requires it."
                        : enable + ", or set " + reference(Settings.SSLMODE) + " to " + SslMode.PREFER + ".");
    }

    List<String> certificate(FailureKind kind) {
        return switch (kind) {
            case TLS_UNTRUSTED -> {
                String trusted = settings.trustAnchors()
                        .map(anchors -> "Trusted: " + anchors.description() + ". ")
                        .orElse("");
                yield List.of(trusted + "Set " + reference(Settings.SSLROOTCERT)
                        + " to the root certificate of the authority that issued it.");
            }
            case TLS_WRONG_HOST_NAME ->
                List.of("Set " + reference(Settings.HOST)
                        + " to a name in the certificate, or give the server a certificate for this name.");
            case TLS_REVOKED ->
                List.of("Get a current revocation list from the authority, and check "
                        + reference(settings.find(Settings.SSLCRL).isPresent() ? Settings.SSLCRL : Settings.SSLCRLDIR)
                        + ".");
            case TLS_INVALID -> List.of("Replace the server's certificate.");
            default -> List.of("Renew the certificate, or correct the clock of this machine.");
        };
    }

    /** @param pooled whether the answer is a pooler's, which does not read pg_hba.conf */
    List<String> notAdmitted(boolean encrypted, boolean pooled, String serverMessage) {
        if (serverMessage.contains("client certificate")) {
            return List.of("Set " + reference(Settings.SSLCERT) + " and " + reference(Settings.SSLKEY) + ".");
        }
        String rule =
                pooled ? "check the pooler's rules for this client." : "add a line for this client to pg_hba.conf.";
        if (encrypted) {
            return List.of(Character.toUpperCase(rule.charAt(0)) + rule.substring(1));
        }
        return List.of(
                "The connection was not encrypted. If the server requires TLS, set " + reference(Settings.SSLMODE)
                        + " to " + SslMode.REQUIRE + ".",
                "Otherwise " + rule);
    }

    List<String> passwordRequested(Authentication authentication) {
        String method = authentication.equals(Authentication.CERTIFICATE) ? "cert" : "trust";
        return List.of(
                "Set " + reference(Settings.PASSWORD) + ", or another source of the password.",
                "Or let the server permit this login without a password (method " + method + " in pg_hba.conf).");
    }

    List<String> noSuchDatabase(boolean pooled) {
        return List.of("Correct " + reference(Settings.NAME)
                + (pooled ? ", or add the database to the pooler's configuration." : ", or create the database."));
    }

    /** @param routine the routine of the server that raised the error; it distinguishes the limits */
    List<String> tooMany(@Nullable String routine) {
        String lower = ", or lower " + reference(Settings.MAXIMUM_POOL_SIZE);
        if ("InitializeSessionUserId".equals(routine)) {
            return List.of("Raise the role's limit (ALTER ROLE ... CONNECTION LIMIT)" + lower + ".");
        }
        if ("CheckMyDatabase".equals(routine)) {
            return List.of("Raise the database's limit (ALTER DATABASE ... CONNECTION LIMIT)" + lower + ".");
        }
        return List.of("Raise max_connections on the server" + lower + " of the services that use it.");
    }

    List<String> tooManyForPooler() {
        return List.of("Raise the limits of the pooler (max_client_conn and default_pool_size of PgBouncer), or lower "
                + reference(Settings.MAXIMUM_POOL_SIZE) + " of the services that use it.");
    }

    List<String> startingUp(boolean pooled) {
        if (pooled) {
            return List.of(
                    "The answer is a pooler's. Check that the server behind it is running and accepts its logins.");
        }
        return List.of("Wait until the server is ready. If " + reference(Settings.STARTUP_TIMEOUT)
                + " is set, opening the database waits.");
    }

    List<String> directTls() {
        return List.of("Use PostgreSQL 17 or later, or set " + reference(Settings.SSLNEGOTIATION) + " to postgres.");
    }

    List<String> wrongRole() {
        boolean onlyStandbys = settings.get(Settings.TARGET_SERVER_TYPE) == TargetServerType.STANDBY
                && settings.get(Settings.READER_FALLBACK) == ReaderFallback.NONE;
        return List.of("List a server with this role in " + reference(Settings.HOST) + ", or "
                + (onlyStandbys
                        ? "set " + reference(Settings.READER_FALLBACK) + " to primary."
                        : "change " + reference(Settings.TARGET_SERVER_TYPE) + "."));
    }

    List<String> lagging() {
        return List.of("Check the replication to this standby, or raise " + reference(Settings.READER_MAX_LAG) + ".");
    }
}
