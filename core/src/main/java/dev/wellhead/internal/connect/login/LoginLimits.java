package dev.wellhead.internal.connect.login;

import dev.wellhead.internal.connect.net.Deadline;
import java.time.Duration;

/**
 * How far the logins of one attempt may go.
 *
 * @param proving whether to try only the first candidate. Its refusal is not remembered and causes no refresh, because
 *     other candidates still work
 * @param candidates the deadline for the candidates of the first set
 * @param whole the deadline of the whole attempt, including a refresh and the candidates it returns
 * @param connectTimeout the longest time for the candidates that a refresh returns
 */
public record LoginLimits(boolean proving, Deadline candidates, Deadline whole, Duration connectTimeout) {

    /** {@return the deadline for the candidates that a refresh returned} */
    Deadline afterRefresh() {
        return whole.shareOf(1, connectTimeout);
    }
}
