package dev.wellhead.internal.resolve;

import dev.wellhead.settings.Profile;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.Map;
import java.util.Optional;

/** Writes {@code docs/settings.md}: rules in words, then the catalogue as tables. */
public final class SettingsDocument {

    private static final String RULES =
            """
            # Settings

            Generated from the catalogue (`dev.wellhead.settings.Settings`) by `SettingsDocument`; a test holds the two equal.
            To write it anew: `mvn -pl core -am test -Dtest=SettingsDocumentTest -DwriteDocs -Dsurefire.failIfNoSpecifiedTests=false`.

            ## Where a value comes from

            One source above another, per setting. The winner and the losers are both remembered with their origin
            (`DatabaseSettings.explain`).

            1. The builder: `Databases.builder().set(Settings.PORT, "5433")`.
            2. System properties: `wellhead.databases.<name>.<setting>`, with `default` for the unnamed database.
            3. Environment variables: `DATABASE_URL` and `DB_*`. A URL and a variable that disagree on one setting are an error
               that names both. `DATABASE_URL` takes `postgresql://`, `postgres://` and `jdbc:postgresql://`.
            4. `application.conf` (HOCON), block `wellhead.databases.<name> { ... }`.
            5. Host, port and database name inside the secret.
            6. libpq: the service of `PGSERVICE`, then the `PG*` variables, `.pgpass`. For the unnamed database alone: these
               count for the process as a whole. `PGPASSFILE` and `.pgpass` count for every database, as each of their lines
               names its server.
            7. Defaults: for where and who only in the environments `local` and `test`.

            A blank variable or system property counts as not set. An unknown key is an error with the nearest known one:
            every `DB_*` variable, every key in the block and every system property below
            `wellhead.databases.<name>`. Left alone are what Kubernetes and Docker add by themselves (`DB_SERVICE_HOST`,
            `DB_PORT_5432_TCP` and the like) and `DB_DRIVER`, `DB_DIALECT`, `DB_ENGINE`, `DB_TYPE`, `DB_ADAPTER`,
            `DB_CLIENT` and `DB_CONNECTION`, which are warned of. `DB_PORT=tcp://...`, which Kubernetes sets for a service named
            `db`, is an error that says so, unless `DATABASE_URL` says the port.

            ## Named databases

            `Databases.fromEnvironment("ledger")` reads `LEDGER_DATABASE_URL`, `LEDGER_DB_*`, the block
            `wellhead.databases.ledger` and its own system properties, never those of the unnamed database. A name has letters,
            digits, `_` and `-`; `-` becomes `_` in variables: `ledger-eu` reads `LEDGER_EU_DB_HOST`. Where nothing is set for
            the name and a variable differs by a slip (`LEDGR_DB_HOST`), that is an error.

            ## Environments

            `ENVIRONMENT` (not set or blank: `local`) must match to the letter; letter case and blanks count.

            | `ENVIRONMENT` | defaults for where and who | SSL mode where not set |
            | --- | --- | --- |
            | `local`, `dev`, `development`, `test`, `ci` | yes | `disable` on loopback, `prefer` elsewhere |
            | everything else, a misspelt name included: strict | none | `require`, with a warning |

            In every environment the SSL mode where not set is `verify-full` where a root certificate is configured
            (`sslrootcert`, or `~/.postgresql/root.crt` for servers that are not on loopback) or a module knows those of the host. In strict environments no
            setting lowers it below `require`; `disable` may be said where all servers are on loopback. A mode that is set
            means what it means to libpq: `require` with a root certificate verifies as `verify-ca` does, `sslrootcert=system`
            asks for `verify-full`.

            ## Credentials

            Sources of a password: `password`, `passwordFile`, `secretId`, `auth=iam`. Two that are set, wherever they are, are
            an error, except that one set on the builder overrides the others. `PGPASSWORD`, then `.pgpass`, then the default of
            the environment count only where none of them is set.

            ## Values

            Durations have a unit: `500ms`, `5s`, `2m`, `1h`, `1d`; a bare number is refused. libpq's own names keep libpq's
            units: `PGCONNECT_TIMEOUT=10` is ten seconds. Truth is `true` or `false`. Lists have commas and no blanks. Hosts and
            ports pair as in libpq: one port for all hosts, or one per host.

            The tables give the variable of the unnamed database; the name of the setting is also its key in
            `application.conf`, in system properties and on the builder. Values marked sensitive are never shown.
            """;

    private static final Map<Setting<?>, String> FIRST_OF_GROUP = Map.of(
            Settings.HOST, "Where",
            Settings.USER, "Who",
            Settings.SSLMODE, "TLS",
            Settings.CONNECT_TIMEOUT, "Deadlines and network",
            Settings.APPLICATION_NAME, "Session",
            Settings.PREPARE_THRESHOLD, "Driver",
            Settings.MAXIMUM_POOL_SIZE, "Pool (HikariCP)");

    private SettingsDocument() {}

    public static String text() {
        StringBuilder text = new StringBuilder(RULES);
        for (Setting<?> setting : Settings.all()) {
            String group = FIRST_OF_GROUP.get(setting);
            if (group != null) {
                text.append("\n## ").append(group).append("\n\n");
                text.append("| setting | variable | libpq | type | default | meaning |\n");
                text.append("| --- | --- | --- | --- | --- | --- |\n");
            }
            row(text, setting);
        }
        return text.toString();
    }

    private static void row(StringBuilder text, Setting<?> setting) {
        text.append("| `")
                .append(setting.name())
                .append("` | `")
                .append(setting.variable())
                .append("` | ");
        text.append(setting.libpqName().map(name -> "`" + name + "`").orElse(""))
                .append(" | ");
        text.append(cell(setting.typeDescription()))
                .append(setting.isSensitive() ? "; sensitive" : "")
                .append(" | ");
        text.append(defaults(setting))
                .append(" | ")
                .append(cell(setting.meaning()))
                .append(" |\n");
    }

    private static String defaults(Setting<?> setting) {
        Optional<String> local = setting.defaultIn(Profile.LOCAL);
        Optional<String> strict = setting.defaultIn(Profile.STRICT);
        if (local.isEmpty()) {
            return "";
        }
        return "`" + local.get() + "`" + (local.equals(strict) ? "" : "; strict: none");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
