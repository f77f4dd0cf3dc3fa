/**
 * Metrics of the pool, the credentials and the rotation. Entry type: {@link dev.wellhead.otel.DatabaseTelemetry}.
 *
 * @provides dev.wellhead.spi.DatabaseListenerFactory that measures every database where nothing else was registered
 */
module dev.wellhead.otel {
    requires transitive dev.wellhead.core;
    requires transitive io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.wellhead.otel;

    provides dev.wellhead.spi.DatabaseListenerFactory with
            dev.wellhead.otel.DatabaseTelemetry;
}
