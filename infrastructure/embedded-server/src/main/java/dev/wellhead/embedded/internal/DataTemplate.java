package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * A data directory in the state after initdb. Every new server starts with a copy of it, because a copy takes a tenth of
 * the time of initdb. Until its first start, a copy has the template's random password.
 */
public final class DataTemplate {

    /** Must change when {@link #initialise} changes, so that existing templates are not used any more. */
    private static final String LAYOUT = "5";

    private final Path entry;

    private DataTemplate(Path entry) {
        this.entry = entry;
    }

    /** {@return the template with this content, which is created if the cache does not contain it} */
    public static DataTemplate prepare(Installation installation, TemplateContent content) throws IOException {
        return prepare(installation, content, step -> {});
    }

    /**
     * {@return the template with this content, which is created if the cache does not contain it}
     *
     * @param progress notified before the template is created
     */
    public static DataTemplate prepare(Installation installation, TemplateContent content, Consumer<String> progress)
            throws IOException {
        String name = "cluster-" + LAYOUT + "-" + installation.fingerprint() + "-" + content.fingerprint();
        return new DataTemplate(installation.cache().entry(name, directory -> {
            progress.accept("Preparing the initial data of PostgreSQL " + installation.majorVersion() + " (once).");
            initialise(installation, directory, content);
        }));
    }

    Path data() {
        return entry.resolve("data");
    }

    /** {@return the superuser of a server that runs on a new copy} */
    public RoleLogin superuser() throws IOException {
        List<RoleLogin> logins = loginFile(entry).read();
        if (logins.size() != 1) {
            throw new IOException(loginFile(entry).path() + " is missing or damaged. Delete " + entry
                    + "; it is then created again.");
        }
        return logins.get(0);
    }

    private static void initialise(Installation installation, Path directory, TemplateContent content)
            throws IOException {
        RoleLogin superuser = RoleLogin.random(content.superuser());
        Path data = Files.createDirectory(directory.resolve("data"));
        initdb(installation, directory, data, superuser);
        OperatingSystemUser user = installation.user();
        user.own(data);
        Path log = FileTrees.createPrivate(directory.resolve("log"));
        user.own(log);
        ServerProcess server = ServerProcess.start(
                installation, data, new ServerOptions(LoopbackPorts.findFree(), log, directory, List.of()));
        try {
            new SuperuserSql(server.port(), superuser).execute(content.statements());
        } finally {
            // with a checkpoint, so that the servers that use a copy start without a recovery
            server.stop();
        }
        Files.delete(log);
        loginFile(directory).write(superuser);
        // no server may change the data of later ones
        user.disown(data);
    }

    private static void initdb(Installation installation, Path directory, Path data, RoleLogin superuser)
            throws IOException {
        OperatingSystemUser user = installation.user().forInitdb();
        Path password = FileTrees.createPrivate(directory.resolve("password"));
        Files.writeString(password, superuser.password(), StandardOpenOption.WRITE);
        user.own(data);
        user.own(password);
        try {
            installation
                    .program(
                            user,
                            "initdb",
                            "--pgdata=" + data,
                            "--username=" + superuser.role(),
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            // megabytes; the default of 16 makes every copy of the template slower
                            "--wal-segsize=1",
                            "--no-sync",
                            "--no-instructions")
                    .run();
            // initdb has an option for settings only since version 16
            Files.writeString(
                    data.resolve("postgresql.conf"),
                    "timezone = 'UTC'\nlog_timezone = 'UTC'\n",
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(password);
        }
    }

    private static LoginFile loginFile(Path directory) {
        return new LoginFile(directory.resolve("login"));
    }
}
