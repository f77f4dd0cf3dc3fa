package dev.wellhead.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A main class that runs the test classes of its arguments, as a build tool does. */
public final class TestRun {

    private TestRun() {}

    /** Prints {@code <succeeded> succeeded, <failed> failed} and the failures. */
    public static void main(String... arguments) {
        List<DiscoverySelector> classes = new ArrayList<>();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String argument : arguments) {
            int assignment = argument.indexOf('=');
            if (assignment > 0) {
                request.configurationParameter(argument.substring(0, assignment), argument.substring(assignment + 1));
            } else {
                classes.add(selectClass(argument));
            }
        }
        TestExecutionSummary summary = run(request.selectors(classes).build());
        for (TestExecutionSummary.Failure failure : summary.getFailures()) {
            System.out.println("FAILED " + failure.getTestIdentifier().getUniqueId());
            failure.getException().printStackTrace(System.out);
        }
        System.out.println("JUnit " + Test.class.getPackage().getImplementationVersion() + ": "
                + summary.getTestsSucceededCount() + " succeeded, " + summary.getTotalFailureCount() + " failed");
        System.exit(summary.getTotalFailureCount() == 0 ? 0 : 1);
    }

    static TestExecutionSummary run(LauncherDiscoveryRequest request) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }
}
