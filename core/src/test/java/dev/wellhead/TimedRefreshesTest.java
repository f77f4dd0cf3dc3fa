package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimedRefreshesTest {

    private static final LoginTarget TARGET = new LoginTarget("db", 5432);
    private static final CredentialsSet ONE = CredentialsSet.of(1, List.of(Credentials.of("app", "a", "only")));
    private static final CredentialsSet TWO = CredentialsSet.of(2, List.of(Credentials.of("app", "b", "only")));

    private final List<String> told = new ArrayList<>();
    private final RefreshListener listener = new RefreshListener() {
        @Override
        public void refreshed(Duration duration, boolean changed) {
            told.add(changed ? "changed" : "unchanged");
        }

        @Override
        public void refreshFailed(Duration duration) {
            told.add("failed");
        }
    };

    @Test
    void provider_behindIt_isAskedEverything() {
        for (Method method : CredentialsProvider.class.getMethods()) {
            boolean ofTheProvider = !Modifier.isStatic(method.getModifiers())
                    && !method.getName().equals("reportTo");
            if (ofTheProvider) {
                assertThat(TimedRefreshes.class.getDeclaredMethods())
                        .as(method.getName())
                        .anyMatch(own -> own.getName().equals(method.getName()));
            }
        }
    }

    @Test
    void refresh_outcomes_areTold() throws CredentialsException {
        TimedRefreshes timed = new TimedRefreshes(new Scripted(TWO), listener);

        timed.refresh(ONE, TARGET, Duration.ofSeconds(1));
        timed.refresh(TWO, TARGET, Duration.ofSeconds(1));

        assertThat(told).containsExactly("changed", "unchanged");
    }

    @Test
    void refresh_thatFails_isToldAndThrown() {
        TimedRefreshes timed = new TimedRefreshes(new Scripted(null), listener);

        assertThatThrownBy(() -> timed.refresh(ONE, TARGET, Duration.ofSeconds(1)))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("down");
        assertThat(told).containsExactly("failed");
    }

    /** Answers every refresh with one set; null: it is down. */
    private record Scripted(@org.jspecify.annotations.Nullable CredentialsSet answer) implements CredentialsProvider {

        @Override
        public String description() {
            return "a test";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) {
            return ONE;
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
                throws CredentialsException {
            CredentialsSet found = answer;
            if (found == null) {
                throw new CredentialsException("down");
            }
            return found;
        }
    }
}
