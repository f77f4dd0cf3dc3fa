/**
 * Micrometer meters of pools, connections, credentials and rotations. Entry type: {@link
 * dev.wellhead.micrometer.DatabaseMeters}.
 *
 * @provides dev.wellhead.spi.DatabaseListenerFactory which measures every database in Micrometer's global registry
 */
@SuppressWarnings("requires-transitive-automatic") // Micrometer has no module descriptor
module dev.wellhead.micrometer {
    requires transitive dev.wellhead.core;
    requires transitive micrometer.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.wellhead.micrometer;

    provides dev.wellhead.spi.DatabaseListenerFactory with
            dev.wellhead.micrometer.DatabaseMeters;
}
