package dev.wellhead.internal.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A file that does not answer until it is closed, like one on a network file system whose server does not respond. */
public final class HungFile implements AutoCloseable {

    private final Path path;
    private final CountDownLatch answers = new CountDownLatch(1);

    private HungFile(Path path) {
        this.path = path;
    }

    /** Takes every slot of the file. */
    public static HungFile at(Path path) {
        HungFile hung = new HungFile(path);
        ReadBudget budget = ReadBudget.start(Duration.ofMillis(50));
        try {
            for (int slot = 0; slot < FileThreads.SLOTS_PER_FILE; slot++) {
                assertThatThrownBy(() -> FileThreads.call(path, () -> {
                            hung.answers.await();
                            return true;
                        }))
                        .isInstanceOf(UnreadableFileException.class);
            }
        } finally {
            budget.end();
        }
        return hung;
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        answers.countDown();
    }
}
