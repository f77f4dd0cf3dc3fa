package dev.wellhead.internal.resolve;

import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.text.UnixSockets;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates the text of a host: a host name, an IPv4 or an IPv6 address. */
public final class HostSyntax {

    private static final int LONGEST_NAME = 253;
    private static final String NOT_IN_A_NAME = "/\\@?#()[]=&'\"<>{}|^`;!$*+~%";

    private HostSyntax() {}

    /** {@return whether the setting is a list of hosts} */
    static boolean isHost(Setting<?> setting) {
        return setting == Settings.HOST
                || setting == Settings.READER_HOST
                || setting == Settings.MIGRATION_HOST
                || setting == Settings.PLAINTEXT_HOSTS;
    }

    /** {@return whether every host can be used} */
    static boolean areValid(List<?> hosts) {
        for (Object host : hosts) {
            if (check((String) host, Settings.HOST, Catalogue.DATABASES) != null) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return why a host cannot be used; {@code null} if it can be used} No DNS query is made.
     *
     * @param setting the setting that has the host; the text of the fix depends on it
     */
    public static @Nullable InvalidHost check(String host, Setting<?> setting, Catalogue catalogue) {
        if (host.startsWith("/") || host.startsWith("@")) {
            return catalogue.isOfDatabases()
                    ? new InvalidHost(
                            "is a Unix socket directory. Only TCP hosts are supported.", UnixSockets.fix(host))
                    : new InvalidHost("is a Unix socket. Only TCP hosts are supported.", "Use a host name.");
        }
        if (host.contains("://")) {
            return new InvalidHost("is a URL, not a host.", "Set the URL as " + catalogue.urlVariable() + ".");
        }
        if (host.startsWith("[")) {
            return new InvalidHost(
                    "is in brackets. Brackets are allowed only in a URL.",
                    "Write the IPv6 address without brackets" + andPort(setting, catalogue));
        }
        if (host.indexOf('@') >= 0) {
            return invalidCharacters();
        }
        int colon = host.indexOf(':');
        if (colon >= 0 && colon == host.lastIndexOf(':')) {
            return new InvalidHost(
                    mayBeLogin(host) ? "has a colon, but no port after it." : "has a port.",
                    "Write only the host" + andPort(setting, catalogue));
        }
        if (isCloudSqlInstance(host)) {
            return new InvalidHost(
                    "is the connection name of a Cloud SQL instance, not a host.", UnixSockets.FIX_FOR_CLOUD_SQL);
        }
        if (colon >= 0) {
            return HostNames.literal(host) != null
                    ? null
                    : new InvalidHost("is not an IPv6 address.", "Correct the address.");
        }
        return checkName(host);
    }

    /**
     * {@return whether an invalid host may be a user and a password with a colon between them} A host with a port and
     * an IPv6 address are not, even if they are misspelt.
     */
    static boolean mayBeLogin(String host) {
        int colon = host.indexOf(':');
        boolean single = colon == host.lastIndexOf(':');
        return colon >= 0
                && !(single ? host.substring(colon + 1).matches("[0-9]+") : host.matches("[0-9A-Fa-f:.\\[\\]]+"));
    }

    /** {@return whether the text has the form {@code project:region:instance}} A region ends with a digit. */
    private static boolean isCloudSqlInstance(String host) {
        return host.indexOf(':') >= 0 && host.matches("[a-z][a-z0-9.:-]*:[a-z]+-[a-z]+[0-9]+:[a-z][a-z0-9-]*");
    }

    /** {@return the end of a fix that also names the setting of the port} */
    private static String andPort(Setting<?> setting, Catalogue catalogue) {
        Setting<?> port = setting == Settings.READER_HOST ? Settings.READER_PORT : Settings.PORT;
        return ", and the port as " + port.name() + " ("
                + catalogue.definition(port).variable() + ").";
    }

    /**
     * {@return why a DNS name or an IPv4 address cannot be used; null if it can} Source: RFC 1035, section 2.3.4, for
     * the length. Underscores are allowed, because container networks use them in names.
     */
    private static @Nullable InvalidHost checkName(String host) {
        if (host.length() > LONGEST_NAME) {
            return new InvalidHost("is longer than a host name can be.", "Use at most 253 characters per host.");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c > 0x7e) {
                return new InvalidHost(
                        "has characters that are not ASCII.",
                        "Write an internationalized name in its ASCII form, xn--...");
            }
            if (c <= ' ' || NOT_IN_A_NAME.indexOf(c) >= 0) {
                return invalidCharacters();
            }
        }
        return null;
    }

    private static InvalidHost invalidCharacters() {
        return new InvalidHost(
                "has characters that a host name cannot have.", "Write only the host name or the address.");
    }

    /**
     * A reason why a host cannot be used. Neither part contains the host.
     *
     * @param predicate the rest of a sentence, such as {@code has a port.}
     * @param fix what to do
     */
    public record InvalidHost(String predicate, String fix) {}
}
