/**
 * OpenTelemetry metrics of pools, connections, credentials and rotations. Entry type: {@link
 * dev.wellhead.otel.DatabaseTelemetry}.
 *
 * @provides dev.wellhead.spi.DatabaseListenerFactory which measures every database with the global OpenTelemetry
 */
module dev.wellhead.otel {
    requires transitive dev.wellhead.core;
    requires transitive io.opentelemetry.api;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.wellhead.otel;

    provides dev.wellhead.spi.DatabaseListenerFactory with
            dev.wellhead.otel.DatabaseTelemetry;
}
