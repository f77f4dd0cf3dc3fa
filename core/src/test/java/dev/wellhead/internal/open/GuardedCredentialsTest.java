package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.spi.DatabaseListener;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardedCredentialsTest {

    private static final LoginTarget TARGET = new LoginTarget("db", 5432);
    private static final Duration BUDGET = Duration.ofSeconds(1);
    private static final CredentialsSet ONE = CredentialsSet.of(1, List.of(Credentials.of("app", "a", "only")));
    private static final CredentialsSet TWO = CredentialsSet.of(2, List.of(Credentials.of("app", "b", "only")));

    /** The database closes the provider itself; the others are called before the provider is guarded. */
    private static final Set<String> NOT_DELEGATED = Set.of("close", "prepare", "reportTo");

    private final List<String> events = new ArrayList<>();
    private final DatabaseListener listener = new DatabaseListener() {
        @Override
        public void credentialsRefreshed(CredentialsRefreshed event) {
            events.add(event.succeeded() ? event.changed() ? "changed" : "unchanged" : "failed");
        }
    };

    @Test
    void methods_ofTheProvider_areDelegated() {
        for (Method method : CredentialsProvider.class.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers()) && !NOT_DELEGATED.contains(method.getName())) {
                assertThat(GuardedCredentials.class.getDeclaredMethods())
                        .as(method.getName())
                        .anyMatch(own -> own.getName().equals(method.getName()));
            }
        }
    }

    @Test
    void refresh_providerThatDoesNotReport_isMeasured() throws CredentialsException {
        CredentialsProvider guarded = GuardedCredentials.of(new Scripted(TWO, null, false), listener);

        guarded.refresh(ONE, TARGET, BUDGET);
        guarded.refresh(TWO, TARGET, BUDGET);

        assertThat(events).containsExactly("changed", "unchanged");
    }

    @Test
    void refresh_providerThatReportsItself_isNotMeasured() throws CredentialsException {
        CredentialsProvider guarded = GuardedCredentials.of(new Scripted(TWO, null, true), listener);

        guarded.refresh(ONE, TARGET, BUDGET);

        assertThat(events).containsExactly("failed");
    }

    @Test
    void refresh_sourceThatFails_isReportedAndThrown() {
        CredentialsException failure = new CredentialsException("down");
        CredentialsProvider guarded = GuardedCredentials.of(new Scripted(null, failure, false), listener);

        assertThatThrownBy(() -> guarded.refresh(ONE, TARGET, BUDGET)).isSameAs(failure);
        assertThat(events).containsExactly("failed");
    }

    @Test
    void current_runtimeException_becomesAFailureOfTheSource() {
        CredentialsProvider guarded =
                GuardedCredentials.of(new Scripted(null, new IllegalStateException("sealed"), false), null);

        assertThatThrownBy(() -> guarded.current(TARGET, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("a vault failed unexpectedly: java.lang.IllegalStateException.")
                .hasRootCauseMessage("sealed");
    }

    @Test
    void refresh_runtimeException_becomesAFailureOfTheSource() {
        CredentialsProvider guarded =
                GuardedCredentials.of(new Scripted(null, new IllegalStateException("sealed"), false), listener);

        assertThatThrownBy(() -> guarded.refresh(ONE, TARGET, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("a vault failed unexpectedly: java.lang.IllegalStateException.");
        assertThat(events).containsExactly("failed");
    }

    /** Answers every call with one set, or fails; reports one failed refresh immediately, if it reports refreshes. */
    private record Scripted(@Nullable CredentialsSet set, @Nullable Exception failure, boolean reports)
            implements CredentialsProvider {

        @Override
        public boolean reportTo(RefreshListener listener) {
            if (reports) {
                listener.refreshFailed(Duration.ZERO);
            }
            return reports;
        }

        @Override
        public String description() {
            return "a vault";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
            return answer();
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
                throws CredentialsException {
            return answer();
        }

        private CredentialsSet answer() throws CredentialsException {
            if (failure instanceof CredentialsException checked) {
                throw checked;
            }
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            return Objects.requireNonNull(set);
        }
    }
}
