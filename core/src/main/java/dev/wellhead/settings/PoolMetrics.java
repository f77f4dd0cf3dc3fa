package dev.wellhead.settings;

/** Whether the metrics of the pool are emitted. */
public enum PoolMetrics implements Choice {
    /** Unless something else in this process already emits them, such as the OpenTelemetry Java agent. */
    AUTO,
    /** Always. */
    ON,
    /**
     * Never. Metrics that only Wellhead can measure (credentials, rotations, physical connections) are still emitted.
     */
    OFF;

    @Override
    public String toString() {
        return value();
    }
}
