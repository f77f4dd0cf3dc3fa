package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.StageListener;
import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.redis.internal.LoginRefusal;
import dev.wellhead.redis.internal.RedisCatalogue;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.FailureKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stages of a cache after it has answered: the login, and what INFO reports. For one connection. */
final class CacheSession {

    /** The oldest version with access control lists. */
    private static final int OLDEST_WITH_USERS = 6;

    private final ServiceConnection connection;
    private final NamedService service;
    private final DatabaseSettings settings;
    private final String server;
    private final List<Credentials> candidates;
    private final StageListener listener;
    private long start = System.nanoTime();

    /** @param candidates the logins, in the order in which they are tried */
    CacheSession(
            ServiceConnection connection,
            NamedService service,
            DatabaseSettings settings,
            String server,
            List<Credentials> candidates,
            StageListener listener) {
        this.connection = connection;
        this.service = service;
        this.settings = settings;
        this.server = server;
        this.candidates = candidates;
        this.listener = listener;
    }

    /** Runs the stages until one fails. */
    void run() {
        ServiceStage stage = ServiceStage.LOGIN;
        listener.started(stage);
        try {
            finished(StageResult.ok(stage, login()));
            stage = ServiceStage.ROLE;
            listener.started(stage);
            RedisReply info = connection.redis("INFO");
            if (info.isError()) {
                unknown(info);
                return;
            }
            finished(role(info));
            finished(version(info));
            finished(memory(info));
        } catch (ServiceFailure e) {
            finished(StageResult.failed(stage, e.failure(service), e.reason(), ""));
        }
    }

    /** {@return the login that the server accepted, in words} Tries the candidates in their order, as the client does. */
    private String login() throws ServiceFailure {
        @Nullable RedisReply reply = null;
        for (Credentials candidate : candidates) {
            reply = login(candidate);
            if (!reply.isError()) {
                String database = database();
                boolean isSingle = candidates.size() == 1;
                return (candidate.hasPassword() ? user(candidate) : "no login is required")
                        + (isSingle || !candidate.hasPassword() ? "" : " (" + candidate.label() + ")")
                        + database;
            }
            if (!LoginRefusal.is(reply.text())) {
                break;
            }
        }
        throw refused(reply, candidates.isEmpty() ? Credentials.withoutPassword("", "none") : candidates.get(0));
    }

    private RedisReply login(Credentials candidate) throws ServiceFailure {
        if (!candidate.hasPassword()) {
            return connection.redis("PING");
        }
        return candidate.user().isEmpty()
                ? connection.redis("AUTH", candidate.password())
                : connection.redis("AUTH", candidate.user(), candidate.password());
    }

    private static String user(Credentials candidate) {
        return candidate.user().isEmpty() ? "the default user" : "user '" + SafeText.of(candidate.user()) + "'";
    }

    private ServiceFailure refused(@Nullable RedisReply reply, Credentials candidate) {
        if (!candidate.hasPassword()) {
            return ServiceFailure.of(
                    FailureKind.CREDENTIALS_REFUSED,
                    "it requires a login, and none is configured",
                    "Set " + settings.variable(Settings.PASSWORD) + " or another source of a password.");
        }
        if (reply != null && LoginRefusal.is(reply.text())) {
            return ServiceFailure.of(
                            FailureKind.CREDENTIALS_REFUSED,
                            "it refused the password of " + user(candidate)
                                    + ", or it has no such user, or the user is off",
                            "Correct " + userOrPassword() + ".")
                    .about(Settings.USER, Settings.PASSWORD);
        }
        // a server whose default user has no password refuses the command
        return ServiceFailure.of(
                        FailureKind.CREDENTIALS_REFUSED,
                        "it refused the login of " + user(candidate) + ": "
                                + (reply == null ? "no answer" : shown(reply)),
                        "Check whether the server has users and passwords.")
                .about(Settings.USER, Settings.PASSWORD);
    }

    /** {@return how a fix refers to the login} The password is not always a setting: a file or a secret can have it. */
    private String userOrPassword() {
        return settings.explain(Settings.PASSWORD).isPresent()
                ? SettingReference.of(settings, Settings.USER, "or", Settings.PASSWORD)
                : SettingReference.of(settings, Settings.USER) + " or the password";
    }

    private String shown(RedisReply reply) {
        return reply.shown(candidates.stream()
                .filter(Credentials::hasPassword)
                .map(Credentials::password)
                .toList());
    }

    /** {@return the database in words, if it is not the first} */
    private String database() throws ServiceFailure {
        int number = settings.get(RedisCatalogue.DATABASE);
        if (number == 0) {
            return "";
        }
        RedisReply selected = connection.redis("SELECT", Integer.toString(number));
        if (selected.isError()) {
            throw ServiceFailure.of(
                            FailureKind.NO_SUCH_DATABASE,
                            "it refused database " + number + ": " + shown(selected),
                            "Correct " + SettingReference.of(settings, RedisCatalogue.DATABASE) + ".")
                    .about(RedisCatalogue.DATABASE);
        }
        return ", database " + number;
    }

    /** A user without the permission for INFO can use the cache. */
    private void unknown(RedisReply refusal) {
        String text = "INFO was refused (" + shown(refusal) + ")";
        for (ServiceStage stage : List.of(ServiceStage.ROLE, ServiceStage.VERSION, ServiceStage.MEMORY)) {
            finished(StageResult.notTested(stage, text));
        }
    }

    private static StageResult role(RedisReply info) {
        boolean isPrimary = !info.field("role").equals("slave");
        String replicas = info.field("connected_slaves");
        StageResult result = isPrimary
                ? StageResult.ok(ServiceStage.ROLE, "primary" + (replicas.isEmpty() ? "" : ", replicas: " + replicas))
                : StageResult.warning(
                        ServiceStage.ROLE,
                        "replica: it refuses writes",
                        "Use the endpoint of the primary, unless the service only reads.");
        return result.with("role", isPrimary ? "primary" : "replica");
    }

    private static StageResult version(RedisReply info) {
        String valkey = info.field("valkey_version");
        String version = valkey.isEmpty() ? info.field("redis_version") : valkey;
        if (version.isEmpty()) {
            return StageResult.notTested(ServiceStage.VERSION, "INFO has no version");
        }
        String mode = info.field("redis_mode");
        String text = (valkey.isEmpty() ? "Redis " : "Valkey ") + version + (mode.isEmpty() ? "" : ", " + mode);
        StageResult result = major(version) >= OLDEST_WITH_USERS
                ? StageResult.ok(ServiceStage.VERSION, text)
                : StageResult.warning(
                        ServiceStage.VERSION, text + ": it has no users", "Use Redis 6 or Valkey, or later versions.");
        return result.with("version", version);
    }

    private static int major(String version) {
        String number = version.split("[.]", 2)[0];
        return number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : OLDEST_WITH_USERS;
    }

    private static StageResult memory(RedisReply info) {
        String limit = info.field("maxmemory");
        String policy = info.field("maxmemory_policy");
        String amount = info.field("used_memory_human");
        if (amount.isEmpty()) {
            return StageResult.notTested(ServiceStage.MEMORY, "INFO has no used memory");
        }
        String used = amount + " used";
        if (limit.isEmpty() || limit.equals("0")) {
            return StageResult.ok(ServiceStage.MEMORY, used + ", without a limit")
                    .with("policy", policy);
        }
        String text = used + " of " + info.field("maxmemory_human") + ", " + policy;
        boolean refusesWrites = policy.equals("noeviction");
        return (refusesWrites
                        ? StageResult.warning(
                                ServiceStage.MEMORY,
                                text + ": at the limit, writes fail",
                                "Use maxmemory-policy volatile-lru or another one that evicts keys, for a cache.")
                        : StageResult.ok(ServiceStage.MEMORY, text))
                .with("policy", policy);
    }

    private void finished(StageResult result) {
        listener.finished(result.at(server).in(Duration.ofNanos(System.nanoTime() - start)));
        start = System.nanoTime();
    }
}
