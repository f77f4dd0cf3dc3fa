package dev.wellhead.internal.files;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long this thread waits for files, until the budget ends. A nested budget can only shorten the time. The
 * budget belongs to the thread, because files are also read behind interfaces that have no parameter for it, such as
 * {@link dev.wellhead.tls.TrustAnchors#certificates()}.
 */
public final class ReadBudget {

    /** How long a thread without a budget waits for one file, for example when settings are resolved. */
    public static final Duration DEFAULT = Duration.ofSeconds(5);

    private static final ThreadLocal<ReadBudget> CURRENT = new ThreadLocal<>();

    private final @Nullable ReadBudget outer;
    private final long deadline;

    private ReadBudget(@Nullable ReadBudget outer, long deadline) {
        this.outer = outer;
        this.deadline = deadline;
    }

    /** Starts a budget. The same thread has to end it, in a {@code finally} block. */
    public static ReadBudget start(Duration budget) {
        ReadBudget outer = CURRENT.get();
        long deadline = System.nanoTime() + budget.toNanos();
        ReadBudget created =
                new ReadBudget(outer, outer == null || deadline - outer.deadline < 0 ? deadline : outer.deadline);
        CURRENT.set(created);
        return created;
    }

    /** Returns how long this thread may wait for one file; zero if its budget is used up. */
    static long remainingNanos() {
        ReadBudget current = CURRENT.get();
        long longest = DEFAULT.toNanos();
        return current == null ? longest : Math.max(0, Math.min(longest, current.deadline - System.nanoTime()));
    }

    /** Restores the budget that this thread had before. */
    public void end() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
