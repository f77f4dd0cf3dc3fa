package dev.wellhead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which the results of parallel servers are published. */
class OrderedResultsTest {

    private final List<String> published = new ArrayList<>();
    private final List<String> activities = new ArrayList<>();

    private final OrderedResults results = new OrderedResults(new ExaminationListener() {
        @Override
        public void begins(String name, String environment) {}

        @Override
        public void finished(StageResult result) {
            published.add(result.stage().code() + " " + result.server());
        }

        @Override
        public void running(String activity) {
            activities.add(activity);
        }
    });

    private final OrderedResults.Lane first = results.lane("");
    private final OrderedResults.Lane one = results.lane("one:1");
    private final OrderedResults.Lane two = results.lane("two:2");

    @Test
    void results_ofALaterServer_areHeldBackUntilTheEarlierOneHasFinished() {
        first.finished(DoctorStage.SETTINGS.ok("fine"));
        first.close();
        two.finished(DoctorStage.DNS.ok("fine"));
        two.close();
        assertThat(published).containsExactly("settings ");

        one.finished(DoctorStage.DNS.ok("fine"));
        assertThat(published).containsExactly("settings ", "dns one:1");

        one.close();
        assertThat(published).containsExactly("settings ", "dns one:1", "dns two:2");
    }

    @Test
    void close_whileServersAreTested_publishesWhatIsKnownAndIgnoresTheRest() {
        first.close();
        two.finished(DoctorStage.DNS.ok("fine"));

        List<StageResult> known = results.close();
        one.finished(DoctorStage.DNS.ok("too late"));
        one.close();

        assertThat(known).extracting(StageResult::server).containsExactly("two:2");
        assertThat(published).containsExactly("dns two:2");
        assertThat(results.close()).isEqualTo(known);
    }

    @Test
    void activity_ofSeveralServers_isGroupedByStage() {
        first.started(DoctorStage.CREDENTIALS);
        assertThat(results.activity()).isEqualTo("credentials");

        first.close();
        one.started(DoctorStage.TCP);
        two.started(DoctorStage.TCP);
        assertThat(results.activity()).isEqualTo("tcp on one:1, two:2");

        two.started(DoctorStage.TLS);
        assertThat(results.activity()).isEqualTo("tcp on one:1; tls on two:2");

        one.close();
        two.close();
        assertThat(results.activity()).isEmpty();
        assertThat(activities).startsWith("credentials").endsWith("");
    }
}
