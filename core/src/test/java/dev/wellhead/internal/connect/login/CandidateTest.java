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

/** The password that a server gets if other connections were refused with the same one meanwhile. */
class CandidateTest {

    private static final HostAndPort SERVER = new HostAndPort("db.example", 5432);
    private static final LoginTarget TARGET = new LoginTarget(SERVER.host(), SERVER.port());

    private final AtomicLong clock = new AtomicLong();
    private final LoginMemory memory = new LoginMemory();
    private final RefusalHoldOff holdOff = new RefusalHoldOff(clock::get, new Random(1));
    private final CredentialsSet old = ScriptedCredentials.set(1, "old");
    private final ScriptedCredentials provider = new ScriptedCredentials(1, "old");

    @Test
    void loginWhenAsked_noRefusal_isThePresentLogin() {
        Candidate candidate = candidate(false);

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("old");
        assertThat(provider.refreshes()).isZero();
    }

    @Test
    void loginWhenAsked_othersWereRefused_isTheLoginOfTheRefresh() {
        Candidate candidate = candidate(false);
        holdOff.refused(old, refusal());
        provider.refreshFinds(ScriptedCredentials.set(2, "old", "new"));

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("new");
        assertThat(candidate.login().password()).isEqualTo("new");
        assertThat(candidate.set().generation()).isEqualTo(2);
    }

    @Test
    void loginWhenAsked_othersWereAcceptedWithNewer_isTheNewerLogin() {
        Candidate candidate = candidate(false);
        CredentialsSet newer = ScriptedCredentials.set(2, "new");
        memory.accepted(newer, newer.candidates().get(0), TARGET, List.of());
        provider.refreshFinds(newer);

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("new");
    }

    @Test
    void loginWhenAsked_newerLoginHasAnotherUser_isThePresentLogin() {
        Candidate candidate = candidate(false);
        holdOff.refused(old, refusal());
        provider.refreshFinds(CredentialsSet.of(2, List.of(Credentials.of("other", "new", "newer"))));

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("old");
        assertThat(candidate.set().generation()).isEqualTo(1);
    }

    @Test
    void loginWhenAsked_refreshFails_isThePresentLogin() {
        Candidate candidate = candidate(false);
        holdOff.refused(old, refusal());
        provider.failsWith("The store is down.");

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("old");
    }

    @Test
    void loginWhenAsked_proving_isTheLoginToProve() {
        Candidate candidate = candidate(true);
        holdOff.refused(old, refusal());
        provider.refreshFinds(ScriptedCredentials.set(2, "new"));

        assertThat(candidate.loginWhenAsked().password()).isEqualTo("old");
        assertThat(provider.refreshes()).isZero();
    }

    private Candidate candidate(boolean proving) {
        return new Candidate(
                new LoginContext(provider, memory, holdOff, 0),
                TARGET,
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
