package dev.wellhead.internal.connect.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginMemoryTest {

    private static final LoginTarget PRIMARY = new LoginTarget("primary", 5432);
    private static final LoginTarget STANDBY = new LoginTarget("standby", 5432);

    private final LoginMemory memory = new LoginMemory();

    @Test
    void order_nothingAcceptedYet_isTheOrderOfTheSet() {
        assertThat(order(set(1, "a", "b"), PRIMARY)).containsExactly("a", "b");
    }

    @Test
    void order_acceptedLoginIsACandidate_isFirst() {
        accept(set(1, "a", "b"), "b", PRIMARY);

        assertThat(order(set(2, "c", "a", "b"), PRIMARY)).containsExactly("b", "c", "a");
    }

    @Test
    void order_acceptedOnAnotherServer_isFirstIfItIsACandidate() {
        accept(set(1, "a", "b"), "b", PRIMARY);

        assertThat(order(set(1, "a", "b"), STANDBY)).containsExactly("b", "a");
        assertThat(order(set(2, "c"), STANDBY)).containsExactly("c");
    }

    @Test
    void order_serversWithDifferentPasswords_prefersTheLoginOfEachServer() {
        CredentialsSet both = set(1, "a", "b");
        accept(both, "b", PRIMARY);
        accept(both, "a", STANDBY);

        assertThat(order(both, PRIMARY)).containsExactly("b", "a");
        assertThat(order(both, STANDBY)).containsExactly("a", "b");
    }

    @Test
    void order_acceptedLoginIsNoCandidate_isLast() {
        accept(set(1, "a"), "a", PRIMARY);

        assertThat(order(set(2, "b", "c"), PRIMARY)).containsExactly("b", "c", "a");
    }

    @Test
    void order_serverRefusedTheCandidatesBefore_triesTheAcceptedLoginFirst() {
        accept(set(1, "a"), "a", PRIMARY);
        CredentialsSet stale = set(2, "stale");
        memory.accepted(stale, login("a"), PRIMARY, List.of(login("stale")));

        assertThat(order(stale, PRIMARY)).containsExactly("a", "stale");
        assertThat(order(set(3, "b"), PRIMARY)).containsExactly("b", "a");
    }

    @Test
    void order_acceptedLoginWasRefusedSince_isNotAdded() {
        accept(set(1, "a"), "a", PRIMARY);
        memory.refused(login("b"), PRIMARY);
        memory.refused(login("a"), STANDBY);
        assertThat(order(set(2, "b"), PRIMARY)).containsExactly("b", "a");

        memory.refused(login("a"), PRIMARY);
        assertThat(order(set(2, "b"), PRIMARY)).containsExactly("b");
    }

    @Test
    void order_renewedToken_doesNotAddTheExpiredOne() {
        accept(tokens(1, "first"), "first", PRIMARY);

        assertThat(order(tokens(1, "second"), PRIMARY)).containsExactly("second");
    }

    @Test
    void accepted_firstLogin_hasTheGenerationOfItsSet() {
        assertThat(accept(set(7, "a"), "a", PRIMARY)).isEqualTo(new LoginMemory.Accepted(7, true));
    }

    @Test
    void accepted_sameLoginAgain_keepsTheGeneration() {
        accept(set(1, "a"), "a", PRIMARY);

        assertThat(accept(set(1, "a"), "a", PRIMARY)).isEqualTo(new LoginMemory.Accepted(1, false));
        assertThat(accept(set(4, "a", "b"), "a", PRIMARY)).isEqualTo(new LoginMemory.Accepted(1, true));
    }

    @Test
    void accepted_otherLogin_isANewGeneration() {
        accept(set(1, "a"), "a", PRIMARY);

        assertThat(accept(set(5, "b"), "b", PRIMARY).generation()).isEqualTo(5);
        // another candidate of the same set, after the server has refused the first one
        assertThat(memory.accepted(set(5, "b", "c"), login("c"), PRIMARY, List.of(login("b")))
                        .generation())
                .isEqualTo(6);
        // the generation of the set has fallen behind
        assertThat(accept(set(6, "d"), "d", PRIMARY).generation()).isEqualTo(7);
    }

    @Test
    void accepted_loginOfAnEarlierRotation_isANewGeneration() {
        accept(set(1, "a"), "a", PRIMARY);
        accept(set(2, "b"), "b", PRIMARY);

        assertThat(accept(set(3, "a"), "a", PRIMARY).generation()).isEqualTo(3);
    }

    @Test
    void accepted_serversWithDifferentPasswords_areOneNewGenerationEach() {
        CredentialsSet both = set(1, "a", "b");

        assertThat(accept(both, "a", PRIMARY).generation()).isEqualTo(1);
        assertThat(accept(both, "b", STANDBY).generation()).isEqualTo(2);
        assertThat(accept(both, "a", PRIMARY).generation()).isEqualTo(2);
        assertThat(accept(both, "b", STANDBY).generation()).isEqualTo(2);
    }

    @Test
    void accepted_attemptThatBeganBeforeTheRotation_isAnOlderGeneration() {
        CredentialsSet before = set(1, "a");
        accept(before, "a", PRIMARY);
        accept(set(2, "b"), "b", PRIMARY);

        assertThat(accept(before, "a", PRIMARY)).isEqualTo(new LoginMemory.Accepted(1, false));
        assertThat(accept(set(1, "a", "b"), "b", PRIMARY)).isEqualTo(new LoginMemory.Accepted(2, false));
        assertThat(memory.isAccepted(set(2, "b"))).isTrue();
        assertThat(order(set(3, "a", "b"), PRIMARY)).containsExactly("b", "a");
    }

    /** Both users of a rotation stay valid, so an attempt that began with the old one succeeds after the proof. */
    @Test
    void accepted_attemptThatBeganBeforeTheProof_isAnOlderGeneration() {
        accept(set(1, "old"), "old", PRIMARY);
        CredentialsSet rotated = set(2, "new", "old");
        long proven = accept(rotated, "new", PRIMARY).generation();

        assertThat(accept(rotated, "old", PRIMARY).generation()).isLessThan(proven);
        assertThat(order(rotated, PRIMARY)).containsExactly("new", "old");
        assertThat(memory.needsProof(rotated)).isFalse();
        // but the server can refuse the new one later
        memory.accepted(rotated, login("old"), PRIMARY, List.of(login("new")));
        assertThat(order(rotated, PRIMARY)).containsExactly("old", "new");
    }

    @Test
    void accepted_renewedTokens_areOneGeneration() {
        accept(tokens(1, "first"), "first", PRIMARY);

        assertThat(accept(tokens(1, "second"), "second", PRIMARY)).isEqualTo(new LoginMemory.Accepted(1, false));
        assertThat(accept(tokens(1, "third"), "third", PRIMARY)).isEqualTo(new LoginMemory.Accepted(1, false));
        assertThat(accept(tokens(2, "fourth"), "fourth", PRIMARY)).isEqualTo(new LoginMemory.Accepted(2, true));
    }

    @Test
    void accepted_expiredTokenUnderAnotherLabel_isANewGeneration() {
        accept(tokens(1, "first"), "first", PRIMARY);
        accept(tokens(1, "second"), "second", PRIMARY);

        CredentialsSet fixed = CredentialsSet.of(1, List.of(Credentials.of("app", "first", "fixed")));
        assertThat(accept(fixed, "first", PRIMARY).generation()).isEqualTo(2);
    }

    @Test
    void accepted_loginThatIsNoCandidate_keepsTheGeneration() {
        accept(set(1, "a"), "a", PRIMARY);

        assertThat(memory.accepted(set(2, "stale"), login("a"), PRIMARY, List.of(login("stale"))))
                .isEqualTo(new LoginMemory.Accepted(1, false));
        assertThat(memory.acceptedLabel()).isEqualTo("label a");
    }

    @Test
    void needsProof_nothingAcceptedYet_isFalse() {
        assertThat(memory.needsProof(set(1, "a"))).isFalse();
        assertThat(memory.isAccepted(set(1, "a"))).isFalse();
        assertThat(memory.acceptedLabel()).isEmpty();
    }

    @Test
    void needsProof_firstCandidate_decides() {
        accept(set(1, "a"), "a", PRIMARY);

        assertThat(memory.needsProof(set(2, "a", "b"))).isFalse();
        assertThat(memory.isAccepted(set(2, "a", "b"))).isTrue();
        assertThat(memory.needsProof(set(2, "b", "a"))).isTrue();
        assertThat(memory.isAccepted(set(2, "b", "a"))).isFalse();
    }

    @Test
    void needsProof_renewedToken_isFalse() {
        accept(tokens(1, "first"), "first", PRIMARY);

        assertThat(memory.needsProof(tokens(1, "second"))).isFalse();
        assertThat(memory.needsProof(tokens(2, "second"))).isTrue();
    }

    @Test
    void needsProof_serverPreferredAnotherCandidateOfTheSet_isFalseUntilTheSetChanges() {
        accept(set(1, "old"), "old", PRIMARY);
        CredentialsSet window = set(2, "old", "pending");
        memory.accepted(window, login("pending"), PRIMARY, List.of(login("old")));

        assertThat(memory.needsProof(window)).isFalse();
        assertThat(memory.needsProof(set(3, "old", "pending"))).isTrue();
        assertThat(memory.needsProof(set(2, "other", "pending"))).isTrue();
    }

    @Test
    void needsProof_serverRefusedTheWholeSet_isTrue() {
        accept(set(1, "old"), "old", PRIMARY);
        CredentialsSet early = set(2, "new");
        memory.accepted(early, login("old"), PRIMARY, List.of(login("new")));

        assertThat(memory.needsProof(early)).isTrue();
    }

    @Test
    void isOutdated_otherLoginOfANewerSetWasAccepted_isTrue() {
        CredentialsSet before = set(1, "a");
        assertThat(memory.isOutdated(before, login("a"))).isFalse();
        accept(set(2, "a"), "a", PRIMARY);
        assertThat(memory.isOutdated(before, login("a"))).isFalse();
        accept(set(3, "b"), "b", PRIMARY);
        assertThat(memory.isOutdated(before, login("a"))).isTrue();
        assertThat(memory.isOutdated(set(3, "a"), login("a"))).isFalse();
    }

    private LoginMemory.Accepted accept(CredentialsSet set, String password, LoginTarget server) {
        for (Credentials candidate : set.candidates()) {
            if (candidate.password().equals(password)) {
                return memory.accepted(set, candidate, server, List.of());
            }
        }
        throw new IllegalArgumentException(password);
    }

    private List<String> order(CredentialsSet set, LoginTarget server) {
        return memory.order(set, server).stream().map(Credentials::password).toList();
    }

    private static CredentialsSet set(long generation, String... passwords) {
        return CredentialsSet.of(
                generation,
                List.of(passwords).stream().map(LoginMemoryTest::login).toList());
    }

    private static Credentials login(String password) {
        return Credentials.of("app", password, "label " + password);
    }

    private static CredentialsSet tokens(long generation, String token) {
        return CredentialsSet.of(generation, List.of(Credentials.of("app", token, "token")));
    }
}
