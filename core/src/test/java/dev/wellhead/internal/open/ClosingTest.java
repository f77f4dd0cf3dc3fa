package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {

    private final List<String> closed = new ArrayList<>();
    private final Closing closing = new Closing();

    @Test
    void close_noParts_doesNothing() {
        assertThatCode(closing::close).doesNotThrowAnyException();
    }

    /** The pool uses the credentials, and both notify the listeners. */
    @Test
    void close_severalParts_closesThemInReverseOrder() {
        closing.add(() -> closed.add("credentials"));
        closing.add(() -> closed.add("pool"));
        closing.addLast(() -> closed.add("listeners"));

        closing.close();

        assertThat(closed).containsExactly("pool", "credentials", "listeners");
    }

    @Test
    void close_twice_closesOnce() {
        closing.add(() -> closed.add("pool"));

        closing.close();
        closing.close();

        assertThat(closed).containsExactly("pool");
    }

    @Test
    void close_partsThatFail_closesTheOthersAndThrowsTheFirstFailure() {
        IllegalStateException first = new IllegalStateException("pool");
        IllegalArgumentException second = new IllegalArgumentException("credentials");
        closing.add(() -> closed.add("listeners"));
        closing.add(() -> {
            throw second;
        });
        closing.add(() -> {
            throw first;
        });

        assertThatThrownBy(closing::close).isSameAs(first).hasSuppressedException(second);
        assertThat(closed).containsExactly("listeners");
    }

    @Test
    void close_checkedException_isWrapped() {
        IOException failure = new IOException("disk");
        closing.add(() -> {
            throw failure;
        });

        assertThatThrownBy(closing::close)
                .isInstanceOf(IllegalStateException.class)
                .hasCause(failure);
    }

    /** An Error is most likely not the last one, but the connections on the server still have to be closed. */
    @Test
    void close_error_closesTheOthers() {
        closing.add(() -> closed.add("credentials"));
        closing.add(() -> {
            throw new StackOverflowError("pool");
        });

        assertThatThrownBy(closing::close).isInstanceOf(StackOverflowError.class);
        assertThat(closed).containsExactly("credentials");
    }
}
