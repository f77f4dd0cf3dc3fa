package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedCredentialsTest {

    private static final LoginTarget TARGET = new LoginTarget("db.example", 5432);
    private static final Duration BUDGET = Duration.ofSeconds(1);
    private static final String MESSAGE = "a vault failed unexpectedly: java.lang.IllegalStateException.";

    private final ObservedCredentials observed = new ObservedCredentials(new Broken());

    @Test
    void current_providerThrowsAnything_isASourceThatFailed() {
        assertThatThrownBy(() -> observed.current(TARGET, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessage(MESSAGE)
                .hasRootCauseMessage("sealed");
    }

    @Test
    void refresh_providerThrowsAnything_isASourceThatFailed() {
        CredentialsSet refused = CredentialsSet.of(1, List.of(Credentials.of("app", "old", "only")));
        assertThatThrownBy(() -> observed.refresh(refused, TARGET, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessage(MESSAGE);
    }

    private static final class Broken implements CredentialsProvider {

        @Override
        public String description() {
            return "a vault";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) {
            throw new IllegalStateException("sealed");
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            throw new IllegalStateException("sealed");
        }
    }
}
