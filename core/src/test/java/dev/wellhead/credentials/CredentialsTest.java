package dev.wellhead.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The values that a credentials provider returns and throws. */
class CredentialsTest {

    private static final LoginTarget TARGET = new LoginTarget("db", 5432);

    private final Credentials credentials = Credentials.of("app", "correct-horse", "AWSCURRENT");

    @Test
    void toString_credentials_hasNoPassword() {
        assertThat(credentials).hasToString("Credentials[user=app, password=<redacted>, label=AWSCURRENT]");
    }

    @Test
    void toString_set_hasNoPassword() {
        assertThat(CredentialsSet.of(3, List.of(credentials)))
                .hasToString("CredentialsSet[generation=3, candidates=[" + credentials + "]]");
    }

    @Test
    void sameLogin_otherLabel_isTrue() {
        assertThat(credentials.sameLogin(Credentials.of("app", "correct-horse", "AWSPREVIOUS")))
                .isTrue();
    }

    @Test
    void sameLogin_otherUserOrPassword_isFalse() {
        assertThat(credentials.sameLogin(Credentials.of("app_clone", "correct-horse", "AWSCURRENT")))
                .isFalse();
        assertThat(credentials.sameLogin(Credentials.of("app", "battery", "AWSCURRENT")))
                .isFalse();
        assertThat(credentials.sameLogin(Credentials.of("APP", "correct-horse", "AWSCURRENT")))
                .isFalse();
    }

    @Test
    void set_withoutCandidates_isRejected() {
        assertThatThrownBy(() -> CredentialsSet.of(1, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a set needs at least one candidate");
    }

    @Test
    void set_listChangedLater_keepsItsCandidates() {
        List<Credentials> candidates = new ArrayList<>(List.of(credentials));
        CredentialsSet set = CredentialsSet.of(1, candidates);

        candidates.clear();

        assertThat(set.candidates()).containsExactly(credentials);
    }

    @Test
    void at_location_keepsGenerationAndCandidates() {
        CredentialsSet set = CredentialsSet.of(7, List.of(credentials));
        ServerLocation location = new ServerLocation("db", 5432, "ledger", null);

        CredentialsSet located = set.at(location);

        assertThat(set.location()).isEmpty();
        assertThat(located.location()).contains(location);
        assertThat(located.generation()).isEqualTo(7);
        assertThat(located.candidates()).containsExactly(credentials);
    }

    @Test
    void fixed_login_neverChanges() throws Exception {
        try (CredentialsProvider provider = CredentialsProvider.fixed("app", "correct-horse")) {
            CredentialsSet set = provider.current(TARGET, Duration.ofSeconds(1));

            assertThat(provider.refresh(set, TARGET, Duration.ofSeconds(1)).generation())
                    .isEqualTo(set.generation());
            assertThat(set.candidates()).singleElement().satisfies(only -> {
                assertThat(only.user()).isEqualTo("app");
                assertThat(only.password()).isEqualTo("correct-horse");
            });
            assertThat(provider.canChange()).isFalse();
            assertThat(provider.adviceOnRefusal(set, TARGET)).isEmpty();
            assertThat(provider.description()).isEqualTo("configured password");
        }
    }

    @Test
    void exception_problemAndFix_areTheMessage() {
        IllegalStateException cause = new IllegalStateException();

        CredentialsException exception = new CredentialsException("The secret is gone.", "Check DB_SECRET_ID.", cause);

        assertThat(exception)
                .hasMessage("The secret is gone. Check DB_SECRET_ID.")
                .hasCause(cause);
        assertThat(exception.problem()).isEqualTo("The secret is gone.");
        assertThat(exception.fix()).isEqualTo("Check DB_SECRET_ID.");
    }

    @Test
    void exception_onlyAMessage_hasNoFix() {
        CredentialsException exception = new CredentialsException("The secret is gone.");

        assertThat(exception).hasMessage("The secret is gone.").hasNoCause();
        assertThat(exception.problem()).isEqualTo("The secret is gone.");
        assertThat(exception.fix()).isEmpty();
    }
}
