package dev.wellhead.internal.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.settings.CommandLine;
import dev.wellhead.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedRunsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final CountDownLatch proceed = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void output_runInProgress_isSharedByTheSameCommandOnly() throws Exception {
        Caller first = new Caller(command("shared"), false);
        Await.until(LONG, () -> runs.get() == 1);
        Caller second = new Caller(command("shared"), false);
        Caller other = new Caller(command("other"), false);
        Await.until(LONG, () -> runs.get() == 2);
        second.awaitWaiting();

        proceed.countDown();

        assertThat(first.result()).isEqualTo("1");
        assertThat(second.result()).isEqualTo("1");
        assertThat(other.result()).isEqualTo("2");
    }

    @Test
    void output_newRun_beginsAfterTheOneInProgress() throws Exception {
        Caller first = new Caller(command("again"), false);
        Await.until(LONG, () -> runs.get() == 1);
        Caller second = new Caller(command("again"), true);
        second.awaitWaiting();

        proceed.countDown();

        assertThat(first.result()).isEqualTo("1");
        assertThat(second.result()).isEqualTo("2");
    }

    @Test
    void output_failure_isThrownAndTheNextRunIsAnother() throws Exception {
        CommandLine command = command("failing");

        assertThatThrownBy(() -> SharedRuns.output(
                        command,
                        () -> {
                            throw new CommandFailedException("printed nothing", "Print it.", null);
                        },
                        false))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("printed nothing");
        assertThat(SharedRuns.output(command, () -> "next".getBytes(UTF_8), false))
                .asString(UTF_8)
                .isEqualTo("next");
    }

    private static CommandLine command(String name) {
        return CommandLine.of(List.of("print", name));
    }

    /** A thread that asks for the output of a run that ends when the test permits it. */
    private final class Caller {

        private final FutureTask<String> task;
        private final Thread thread;

        Caller(CommandLine command, boolean isNew) {
            Callable<byte[]> run = () -> {
                int number = runs.incrementAndGet();
                proceed.await();
                return Integer.toString(number).getBytes(UTF_8);
            };
            task = new FutureTask<>(() -> new String(SharedRuns.output(command, run, isNew), UTF_8));
            thread = new Thread(task, "caller");
            thread.start();
        }

        void awaitWaiting() throws Exception {
            Await.until(LONG, () -> thread.getState() == Thread.State.WAITING);
        }

        String result() throws Exception {
            return task.get();
        }
    }
}
