/**
 * What tests need of the world: a real PostgreSQL, certificates, a network that misbehaves, captured logs. Entry types:
 * {@link dev.wellhead.testkit.PostgresServer}, {@link dev.wellhead.testkit.CertificateAuthority},
 * {@link dev.wellhead.testkit.FaultProxy}. Runs on Linux and macOS, as root and as an ordinary user.
 *
 * <pre>{@code
 * PostgresServer server = PostgresServer.shared();
 * server.createRole("app", "correct horse");
 * server.createDatabase("orders", "app");
 * }</pre>
 */
@NullMarked
package dev.wellhead.testkit;

import org.jspecify.annotations.NullMarked;
