/**
 * Reads the files that settings name: only regular files, of a limited size, within a deadline.
 *
 * <pre>{@code
 * byte[] content = RegularFiles.read(Path.of("/etc/tls/root.crt"), FileKind.CERTIFICATES);
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.files;

import org.jspecify.annotations.NullMarked;
