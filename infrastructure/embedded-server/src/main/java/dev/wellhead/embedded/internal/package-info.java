/**
 * Runs a PostgreSQL server as a child process: extracts the binaries, prepares a data directory, starts and stops the
 * server. Not exported; {@link dev.wellhead.embedded.LocalPostgres} and the project's own test servers use it:
 *
 * <pre>{@code
 * Installation installation = Installation.prepare(OperatingSystemUser.current());
 * DataDirectory data = DataDirectory.temporary();
 * data.prepare(DataTemplate.prepare(installation, content), installation);
 * ServerProcess process = data.startServer(installation, 0);
 * }</pre>
 */
@NullMarked
package dev.wellhead.embedded.internal;

import org.jspecify.annotations.NullMarked;
