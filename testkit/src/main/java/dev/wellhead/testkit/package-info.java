/**
 * Test fixtures: PostgreSQL servers, certificates, network faults and captured logs. Entry types:
 * {@link dev.wellhead.testkit.PostgresServer}, {@link dev.wellhead.testkit.CertificateAuthority},
 * {@link dev.wellhead.testkit.FaultProxy}. Works on Linux and macOS, as root and as an ordinary user.
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
