package dev.wellhead.cli.verdict;

import dev.wellhead.cli.output.OriginJson;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why the database does not work. Contains nothing sensitive.
 *
 * @param kind the failure kind for programs, such as {@code credentials_refused} or {@code configuration}
 * @param outcome what the failure means for the caller
 * @param server {@code host:port}; empty if the failure is not about a single server
 * @param sentence the failure as one or more sentences that need no context
 * @param setting the setting to change, as the user typed it or would type it; may be empty
 * @param source the origins in words; may be empty
 * @param origins the same as data; may be empty
 * @param fixes what to do, one sentence each
 */
public record Failure(
        String kind,
        Outcome outcome,
        String server,
        String sentence,
        String setting,
        String source,
        List<Origin> origins,
        List<String> fixes) {

    /** The kind of every problem of the settings; {@code problems} of {@code explain} has their codes. */
    public static final String CONFIGURATION = "configuration";

    /** Copies the lists, replaces characters that mislead, and completes the sentence with a full stop. */
    public Failure {
        String safe = SafeText.sentence(sentence);
        sentence = safe.endsWith(".") || safe.endsWith("?") ? safe : safe + ".";
        origins = List.copyOf(origins);
        fixes = SafeText.sentences(fixes);
    }

    /** {@return a failure that has no origin} */
    public static Failure of(String kind, Outcome outcome, String sentence, String fix) {
        List<String> fixes = fix.isEmpty() ? List.of() : List.of(fix);
        return new Failure(kind, outcome, "", sentence, "", "", List.of(), fixes);
    }

    /** {@return a problem of the settings as a failure} */
    public static Failure of(Problem problem) {
        return new Failure(
                CONFIGURATION,
                Outcome.CONFIGURATION,
                "",
                problem.message(),
                problem.setting(),
                problem.source(),
                problem.origins(),
                problem.fixes());
    }

    /** {@return a failure to get credentials} */
    public static Failure of(CredentialsException e) {
        FailureKind kind = FailureKind.CREDENTIALS_UNAVAILABLE;
        return of(kind.value(), outcome(kind), e.problem(), e.fix());
    }

    /** {@return the failure of a connection attempt; if several servers were tried, of the one that decided it} */
    public static Failure of(ConnectionFailedException e) {
        if (e.getCause() instanceof CredentialsException cause) {
            return of(cause);
        }
        for (ServerFailure failure : e.failures()) {
            if (failure.kind() == e.kind()) {
                return of(failure);
            }
        }
        return of(e.kind().value(), outcome(e.kind()), firstLine(e), "");
    }

    private static Failure of(ServerFailure failure) {
        String setting = "";
        for (Origin origin : failure.origins()) {
            setting = setting.isEmpty() ? origin.key().orElse("") : setting;
        }
        return new Failure(
                failure.kind().value(),
                outcome(failure.kind()),
                failure.server().toString(),
                failure.verdict(),
                setting,
                failure.source(),
                failure.origins(),
                failure.fixes());
    }

    private static Outcome outcome(FailureKind kind) {
        return kind.isTransient() ? Outcome.RETRY : Outcome.GIVE_UP;
    }

    /** The first line of a message is complete; the lines after it are details. */
    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** {@return whether the failure can go away on its own} */
    public boolean isTransient() {
        return outcome == Outcome.RETRY;
    }

    /** {@return the same failure with another fix, if it has none} */
    public Failure orFix(String fix) {
        return fixes.isEmpty()
                ? new Failure(kind, outcome, server, sentence, setting, source, origins, List.of(fix))
                : this;
    }

    /** {@return the same failure on a server, which its sentence begins with} The same if it has a server. */
    public Failure at(String hostAndPort) {
        return server.isEmpty() && !hostAndPort.isEmpty()
                ? new Failure(
                        kind, outcome, hostAndPort, hostAndPort + ": " + sentence, setting, source, origins, fixes)
                : this;
    }

    /** {@return the failure for programs, as {@code docs/cli.md} describes it; null if there is none} */
    public static @Nullable Map<String, Object> json(@Nullable Failure failure) {
        return failure == null ? null : failure.toJson();
    }

    private Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind);
        json.put("transient", isTransient());
        json.put("server", server.isEmpty() ? null : server);
        json.put("sentence", sentence);
        json.put("setting", setting.isEmpty() ? null : setting);
        json.put("origin", source.isEmpty() ? null : source);
        json.putAll(OriginJson.firstOf(origins));
        json.put("fixes", fixes);
        return json;
    }
}
