package dev.wellhead.otel;

import io.opentelemetry.exporter.prometheus.PrometheusHttpServer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;

/** What docs/metrics.md shows, as it stands here. */
final class FirstMetrics {

    private FirstMetrics() {}

    // shown from here
    static OpenTelemetrySdk serveMetrics(int port) {
        return OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(
                                PrometheusHttpServer.builder().setPort(port).build())
                        .build())
                .buildAndRegisterGlobal();
    }
    // to here
}
