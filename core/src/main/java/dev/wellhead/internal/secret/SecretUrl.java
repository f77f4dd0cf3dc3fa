package dev.wellhead.internal.secret;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.resolve.HostSyntax;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.internal.url.ConnectionUrl;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection URL that is stored as a secret. Core parses it like {@code DATABASE_URL}, so that both have the same
 * meaning. Only user, password, host, port, database and SSL mode are used; other valid parameters are ignored.
 *
 * @param user the user in the URL
 * @param password the password in the URL
 * @param location the server in the URL
 */
record SecretUrl(@Nullable String user, @Nullable Sensitive password, ServerLocation location) {

    /** The name of the URL in messages: it is in no variable. */
    private static final String SUBJECT = "the URL";

    static boolean isUrl(String text, Catalogue catalogue) {
        for (String scheme : catalogue.schemes().keySet()) {
            if (text.startsWith(scheme)) {
                return true;
            }
        }
        return false;
    }

    /** @throws CredentialsException if the URL cannot be used; no part of the URL is in the message */
    static SecretUrl parse(String text, String subject, Catalogue catalogue) throws CredentialsException {
        Problems problems = new Problems();
        List<RawValue> values = ConnectionUrl.parse(Sensitive.of(text), SUBJECT, catalogue, problems);
        if (!problems.isEmpty()) {
            Problem first = problems.all().get(0);
            throw unusable(
                    subject,
                    first.message(),
                    first.fixes().isEmpty() ? "" : first.fixes().get(0));
        }
        String password = text(values, Settings.PASSWORD);
        return new SecretUrl(
                text(values, Settings.USER),
                password == null ? null : Sensitive.of(password),
                new ServerLocation(
                        host(values, subject, catalogue),
                        only(values, Settings.PORT),
                        text(values, catalogue.databaseOfServer()),
                        value(values, Settings.SSLMODE)));
    }

    private static @Nullable String host(List<RawValue> values, String subject, Catalogue catalogue)
            throws CredentialsException {
        List<String> hosts = value(values, Settings.HOST);
        if (hosts == null) {
            return null;
        }
        if (hosts.size() > 1) {
            throw new CredentialsException(
                    subject + " is a connection URL with several hosts; only one is supported.",
                    catalogue.isOfDatabases() ? "Set the list with DB_HOST." : "Name one host.",
                    null);
        }
        HostSyntax.InvalidHost invalid = HostSyntax.check(hosts.get(0), Settings.HOST, catalogue);
        if (invalid != null) {
            throw unusable(subject, "the host in " + SUBJECT + " " + invalid.predicate(), invalid.fix());
        }
        return hosts.get(0);
    }

    private static CredentialsException unusable(String subject, String problem, String fix) {
        return new CredentialsException(subject + " is a connection URL that cannot be used: " + problem, fix, null);
    }

    private static @Nullable Integer only(List<RawValue> values, Setting<List<Integer>> ports) {
        List<Integer> found = value(values, ports);
        return found == null ? null : found.get(0);
    }

    private static <T> @Nullable T value(List<RawValue> values, Setting<T> setting) {
        String text = text(values, setting);
        try {
            return text == null ? null : SettingValues.parse(setting, text);
        } catch (InvalidValueException e) {
            throw new IllegalStateException("the values of a URL were checked when it was parsed");
        }
    }

    private static @Nullable String text(List<RawValue> values, @Nullable Setting<?> setting) {
        for (RawValue value : values) {
            if (value.setting() == setting) {
                return value.text().reveal();
            }
        }
        return null;
    }
}
