package dev.wellhead.settings;

/** Whether a module that knows how measures the pool. */
public enum PoolMetrics implements Choice {
    /** Unless something else in this process already does, such as the Java agent of OpenTelemetry. */
    AUTO("auto"),
    /** Always. */
    ON("on"),
    /** Never; what nothing else can know (credentials, rotations, physical connections) is measured all the same. */
    OFF("off");

    private final String value;

    PoolMetrics(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
