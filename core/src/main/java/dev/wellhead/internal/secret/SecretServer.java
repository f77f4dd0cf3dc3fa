package dev.wellhead.internal.secret;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.NumberValues;
import dev.wellhead.tls.SslMode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server from the fields of a secret. Source: AWS Secrets Manager User Guide, "JSON structure of AWS Secrets
 * Manager secrets". Text that people write in another form is accepted if it has only one meaning.
 */
final class SecretServer {

    /** Source: RFC 9293, section 3.1: a port has 16 bits. */
    private static final int LARGEST_PORT = 65535;

    private final SecretFields fields;
    private final Catalogue catalogue;

    private SecretServer(SecretFields fields, Catalogue catalogue) {
        this.fields = fields;
        this.catalogue = catalogue;
    }

    /** {@return the server that the fields name; null if none of them is set} Each part is optional. */
    static @Nullable ServerLocation in(SecretFields fields, Catalogue catalogue) throws CredentialsException {
        return new SecretServer(fields, catalogue).location();
    }

    private @Nullable ServerLocation location() throws CredentialsException {
        requireEngine();
        String host = fields.text("host");
        Integer port = port();
        if (host != null) {
            String stripped = host.strip();
            int colon = colonBeforePort(stripped);
            if (colon >= 0) {
                port = portOfHost(stripped.substring(colon + 1), port);
                host = stripped.substring(0, colon);
            } else {
                host = stripped;
            }
            host = withoutBrackets(host);
        }
        String database = databaseName();
        SslMode mode = sslMode();
        if (host == null && port == null && database == null && mode == null) {
            return null;
        }
        return new ServerLocation(host, port, database, mode);
    }

    /** {@return the field {@code dbname}, or {@code database}, as Vault and others name it; null if both are missing} */
    private @Nullable String databaseName() throws CredentialsException {
        String name = fields.text("dbname");
        // in other secrets, a field of this name can be an object
        boolean hasOther = fields.value("database") instanceof String;
        String other = hasOther ? fields.text("database") : null;
        if (name != null && other != null && !name.equals(other)) {
            throw fields.problem("database", "with another name than its field 'dbname'");
        }
        return name == null ? other : name;
    }

    /** Rejects the secret of another kind of database, which is most likely the wrong secret. */
    private void requireEngine() throws CredentialsException {
        String engine = fields.text("engine");
        if (engine != null && !catalogue.isNamedIn(engine.toLowerCase(Locale.ROOT))) {
            throw fields.problem(
                    "engine", "that is not a " + (catalogue.isOfDatabases() ? "PostgreSQL engine" : catalogue.noun()));
        }
    }

    /**
     * {@return the place of the colon between host and port; -1 if there is no port} An IPv6 address has several
     * colons.
     */
    private static int colonBeforePort(String host) {
        int colon = host.lastIndexOf(':');
        boolean isOnly = colon == host.indexOf(':');
        boolean followsBracket = colon > 0 && host.charAt(0) == '[' && host.charAt(colon - 1) == ']';
        boolean hasDigits = colon > 0 && NumberValues.digits(host.substring(colon + 1)) >= 0;
        return hasDigits && (isOnly || followsBracket) ? colon : -1;
    }

    private int portOfHost(String digits, @Nullable Integer port) throws CredentialsException {
        int inHost = inRange("host", NumberValues.digits(digits), "whose port is not a number from 1 to 65535");
        if (port != null && port != inHost) {
            throw fields.problem("host", "with another port than its field 'port'");
        }
        return inHost;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * {@return the port; null if it is not set} The templates write it as a number and some users as a string. Tools
     * that have only one type of number add a fraction of zero.
     */
    private @Nullable Integer port() throws CredentialsException {
        Object port = fields.value("port");
        String text = port == null ? "" : port.toString().strip();
        if (text.isEmpty()) {
            return null;
        }
        int dot = text.indexOf('.');
        boolean isWhole = dot < 0 || text.substring(dot + 1).chars().allMatch(c -> c == '0');
        long number = isWhole ? NumberValues.digits(dot < 0 ? text : text.substring(0, dot)) : -1;
        return inRange("port", number, "that is not a port number from 1 to 65535");
    }

    private int inRange(String field, long number, String problem) throws CredentialsException {
        if (number < 1 || number > LARGEST_PORT) {
            throw fields.problem(field, problem);
        }
        return (int) number;
    }

    /** The templates write {@code ssl} as a boolean or a string; libpq's SSL modes are accepted as well. */
    private @Nullable SslMode sslMode() throws CredentialsException {
        Object ssl = fields.value("ssl");
        String text = ssl instanceof Boolean || ssl instanceof String ? ssl.toString() : ssl == null ? "" : "?";
        if (text.equalsIgnoreCase("true")) {
            return SslMode.REQUIRE;
        }
        if (text.equalsIgnoreCase("false") || text.isEmpty()) {
            return null;
        }
        Optional<SslMode> mode = SslMode.of(text);
        if (mode.isEmpty()) {
            throw fields.problem("ssl", "that is neither true, false nor an SSL mode");
        }
        return mode.get();
    }
}
