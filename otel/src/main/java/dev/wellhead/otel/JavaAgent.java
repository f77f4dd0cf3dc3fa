package dev.wellhead.otel;

/** Whether OpenTelemetry's Java agent, which measures HikariCP too, is attached to this process. */
final class JavaAgent {

    /** The agent and the distributions made of it put this class on the boot class path. */
    private static final String MARK = "io.opentelemetry.javaagent.bootstrap.AgentInitializer";

    private JavaAgent() {}

    static boolean isAttached() {
        try {
            Class.forName(MARK, false, null);
            return true;
        } catch (ClassNotFoundException notThere) {
            return false;
        }
    }
}
