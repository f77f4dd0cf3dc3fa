/**
 * What the modules for OpenTelemetry and Micrometer have in common: the metrics with their names, and the state of
 * pools and connections that is reported. Core itself measures nothing. Entry type: {@link
 * dev.wellhead.internal.metrics.MeasuredDatabase}.
 *
 * <pre>{@code
 * DatabaseListener listener = new MeasuredDatabase(settings, true, names, clock, library, log);
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.metrics;

import org.jspecify.annotations.NullMarked;
