package dev.wellhead.embedded;

import dev.wellhead.embedded.internal.DataDirectory;
import dev.wellhead.embedded.internal.DataTemplate;
import dev.wellhead.embedded.internal.Installation;
import dev.wellhead.embedded.internal.OperatingSystemUser;
import dev.wellhead.embedded.internal.RoleLogin;
import dev.wellhead.embedded.internal.ServerLogins;
import dev.wellhead.embedded.internal.ServerProcess;
import dev.wellhead.embedded.internal.TemplateContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Starts a {@link LocalPostgres}. Not thread-safe. */
public final class LocalPostgresBuilder {

    private static final Pattern SETTING_NAME = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

    /** On a command line, these characters need no quotes in any shell. */
    private static final Pattern SETTING_VALUE = Pattern.compile("[A-Za-z0-9_.,:/+-]+");

    private static final Set<String> OWN_SETTINGS =
            Set.of("port", "listen_addresses", "unix_socket_directories", "data_directory", "config_file", "hba_file");

    private final Map<String, String> settings = new LinkedHashMap<>();
    private int port;
    private @Nullable Path directory;
    private boolean inMemory;
    private String database = LocalPostgres.DEFAULT_DATABASE;
    private String user = LocalPostgres.DEFAULT_USER;
    private @Nullable String password;
    private List<String> initScripts = List.of();
    private Consumer<String> progress = step -> {};

    LocalPostgresBuilder() {}

    /**
     * Sets the port, 1 to 65535. The default, 0, uses a free port.
     *
     * @throws IllegalArgumentException if it is not between 0 and 65535
     */
    public LocalPostgresBuilder port(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        this.port = port;
        return this;
    }

    /**
     * Sets a directory that keeps the data. It is created if it does not exist, and used again by the next start; one
     * server at a time can use it. Its file {@code pgpass}, which only this user can read, contains the passwords in the
     * format of libpq's password file. By default the directory is temporary and the data is not written durably, which
     * is faster.
     */
    public LocalPostgresBuilder directory(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        return this;
    }

    /**
     * Keeps the temporary data in memory, if this machine has a directory for it: {@code /dev/shm} on Linux, with at
     * least 256 MB of free space. Otherwise it is in {@code java.io.tmpdir}, as without this call. Has no effect on a
     * {@link #directory}.
     */
    public LocalPostgresBuilder inMemory() {
        this.inMemory = true;
        return this;
    }

    /**
     * Sets the database. It is created if it does not exist, and empty unless {@link #initScripts} are set. The default
     * is {@link LocalPostgres#DEFAULT_DATABASE}.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public LocalPostgresBuilder database(String name) {
        this.database = notEmpty(name, "the name of the database");
        return this;
    }

    /**
     * Sets the role for applications. It is created if it does not exist, owns the database, and is not a superuser. The
     * default is {@link LocalPostgres#DEFAULT_USER}.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public LocalPostgresBuilder user(String name) {
        this.user = notEmpty(name, "the name of the user");
        return this;
    }

    /**
     * Sets the password of {@link LocalPostgres#user}. The default is a random one, which a directory keeps. Every user
     * of this machine can connect to the server, so do not use a well-known password.
     *
     * @throws IllegalArgumentException if it is empty or contains a control character
     */
    public LocalPostgresBuilder password(String password) {
        if (password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the password is empty or contains a control character");
        }
        this.password = password;
        return this;
    }

    /**
     * Sets SQL scripts that the user runs once, when the database is created. A location is a directory, whose files
     * run in the order of their names, or one file; names of scripts end in {@code .sql}. {@code classpath:db/init} and
     * {@code classpath:db/init/01.sql} are on the class path. The scripts are in UTF-8, and a statement is committed when
     * it ends, unless the script begins a transaction. By default there are none.
     */
    public LocalPostgresBuilder initScripts(String... locations) {
        this.initScripts = List.copyOf(Arrays.asList(locations));
        return this;
    }

    /**
     * Sets a setting of the server, such as {@code max_connections}.
     *
     * @param name the name in {@code postgresql.conf}
     * @param value the value: letters, digits and the characters {@code _ . , : / + -}
     * @throws IllegalArgumentException if the value has other characters, or if the setting is one that this class makes
     */
    public LocalPostgresBuilder setting(String name, String value) {
        if (!SETTING_NAME.matcher(name).matches() || OWN_SETTINGS.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' is not a setting of the server that can be set here");
        }
        if (!SETTING_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("the value of '" + name
                    + "' may contain letters, digits and the characters _ . , : / + - only. Set other values with ALTER"
                    + " SYSTEM or ALTER DATABASE.");
        }
        settings.put(name, value);
        return this;
    }

    /**
     * Registers a listener for the steps of the first start on a machine, which can take a minute on a slow one. Each step
     * is one sentence, such as {@code Preparing PostgreSQL 16 (once, about 100 MB in /home/ada/.cache/wellhead).} Later
     * starts have no such steps. By default there is no listener.
     */
    public LocalPostgresBuilder progress(Consumer<String> listener) {
        this.progress = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * {@return the running server; the caller closes it} The first start on a machine extracts the binaries and creates
     * the initial data, which takes some seconds. Later starts copy that data.
     *
     * @throws InitScriptException if an init script cannot be found or fails
     * @throws IOException if the server cannot be started; the message contains the reason and the remedy
     */
    public LocalPostgres start() throws IOException {
        LocalPostgres.requireNoSuperuser(user);
        Installation installation = Installation.prepare(OperatingSystemUser.current(), progress);
        DataTemplate template = DataTemplate.prepare(installation, TemplateContent.EMPTY, progress);
        DataDirectory data = dataDirectory();
        try {
            data.prepare(template, installation);
            ServerLogins logins = data.logins(user, password);
            ServerProcess process = data.startServer(
                    installation,
                    port,
                    settings.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .toList());
            return start(data, process, logins, template.superuser());
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private DataDirectory dataDirectory() throws IOException {
        if (directory != null) {
            return DataDirectory.kept(directory);
        }
        return inMemory ? DataDirectory.inMemory() : DataDirectory.temporary();
    }

    private LocalPostgres start(
            DataDirectory data, ServerProcess process, ServerLogins logins, RoleLogin templateSuperuser)
            throws IOException {
        try {
            logins.applyTo(process.port(), templateSuperuser);
            LocalPostgres server = new LocalPostgres(process, data, logins, database);
            server.createDatabase(database, user, initScripts.toArray(String[]::new));
            return server;
        } catch (IOException | RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    private static String notEmpty(String name, String what) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " is empty or contains a null character");
        }
        return name;
    }
}
