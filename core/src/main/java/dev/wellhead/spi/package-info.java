/**
 * Extension points for listeners and local databases. Implementations are found with {@link java.util.ServiceLoader};
 * those that are registered on {@code DatabaseBuilder} take precedence.
 *
 * <p>Entry type: {@link dev.wellhead.spi.DatabaseListener}.
 *
 * <pre>{@code
 * Database database = Databases.builder()
 *         .listener(new DatabaseListener() {
 *             public void rotationCompleted(RotationCompleted event) {
 *                 audit.record(event.pool(), event.retired());
 *             }
 *         })
 *         .open();
 * }</pre>
 */
@NullMarked
package dev.wellhead.spi;

import org.jspecify.annotations.NullMarked;
