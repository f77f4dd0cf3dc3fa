package dev.wellhead.otel;

import io.opentelemetry.exporter.prometheus.PrometheusHttpServer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;

/** The example of docs/metrics.md. The page is generated from this file. */
final class FirstMetrics {

    private FirstMetrics() {}

    // begin of the example
    static OpenTelemetrySdk serveMetrics(int port) {
        return OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(
                                PrometheusHttpServer.builder().setPort(port).build())
                        .build())
                .buildAndRegisterGlobal();
    }
    // end of the example
}
