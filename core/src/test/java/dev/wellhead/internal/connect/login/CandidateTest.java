package dev.wellhead.internal.connect.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.connect.ScriptedCredentials;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which password a server gets that asks for it while others were refused with the same. */
class CandidateTest {

    private static final HostAndPort SERVER = new HostAndPort("db.example", 5432);

    private final AtomicLong clock = new AtomicLong();
    private final LoginMemory memory = new LoginMemory(clock::get, new Random(1));
    private final CredentialsSet old = ScriptedCredentials.set(1, "old");
    private final ScriptedCredentials provider = new ScriptedCredentials(1, "old");

    @Test
    void loginWhenAsked_nobodyWasRefused_isTheLoginAtHand() {
        Candidate candidate = candidate(false);

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("old");
        assertThat(provider.refreshes()).isZero();
    }

    @Test
    void loginWhenAsked_othersWereRefused_isWhatTheRefreshFinds() {
        Candidate candidate = candidate(false);
        memory.refused(old, refusal());
        provider.refreshFinds(ScriptedCredentials.set(2, "old", "new"));

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("new");
        assertThat(candidate.login().password()).isEqualTo("new");
        assertThat(candidate.set().generation()).isEqualTo(2);
    }

    @Test
    void loginWhenAsked_othersWereAcceptedWithNewer_isWhatTheyHave() {
        Candidate candidate = candidate(false);
        CredentialsSet newer = ScriptedCredentials.set(2, "new");
        memory.accepted(newer, newer.candidates().get(0));
        provider.refreshFinds(newer);

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("new");
    }

    @Test
    void loginWhenAsked_newerLoginIsOfAnotherUser_staysWithTheUserTheServerKnows() {
        Candidate candidate = candidate(false);
        memory.refused(old, refusal());
        provider.refreshFinds(CredentialsSet.of(2, List.of(Credentials.of("other", "new", "newer"))));

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("old");
        assertThat(candidate.set().generation()).isEqualTo(1);
    }

    @Test
    void loginWhenAsked_refreshFails_leavesTheWordToTheServer() {
        Candidate candidate = candidate(false);
        memory.refused(old, refusal());
        provider.failsWith("The store is down.");

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("old");
    }

    @Test
    void loginWhenAsked_onTrial_isTheLoginOnTrial() {
        Candidate candidate = candidate(true);
        memory.refused(old, refusal());
        provider.refreshFinds(ScriptedCredentials.set(2, "new"));

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("old");
        assertThat(provider.refreshes()).isZero();
    }

    private Candidate candidate(boolean proving) {
        return new Candidate(
                provider,
                memory,
                new LoginTarget(SERVER.host(), SERVER.port()),
                proving,
                Deadline.in(Duration.ofSeconds(5)),
                old,
                old.candidates().get(0));
    }

    private static ServerFailure refusal() {
        return new ServerFailure(
                SERVER,
                FailureKind.CREDENTIALS_REFUSED,
                ConnectStage.AUTHENTICATION,
                "28P01",
                "it refused the password",
                List.of(),
                List.of(),
                null);
    }
}
