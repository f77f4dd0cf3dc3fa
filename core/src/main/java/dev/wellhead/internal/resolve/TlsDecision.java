package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.files.LibpqFiles;
import dev.wellhead.internal.sources.SourceContents;
import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.FileOrPem;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides the SSL mode and the trust anchors. A mode that is set means what it means in libpq. A mode that is not set
 * is {@code verify-full} if root certificates are known, and at least {@code require} in strict environments. Source:
 * PostgreSQL documentation, libpq chapter, "SSL Support" and the parameters sslmode and sslrootcert.
 */
final class TlsDecision {

    private final DecisionState state;
    private final Problems problems;
    private final SourceContents contents;
    private final LibpqFiles files;
    private final RankedValues values;
    private final List<HostAndPort> servers;
    private final boolean mayBeCompleted;

    /** Whether TLS is negotiated on the port of the server. If not, only one of both can succeed. */
    private final boolean negotiates;

    private @Nullable KnownTrustAnchors known;
    private @Nullable PlaintextHosts plaintextHosts;

    /**
     * @param servers all servers, including those of the reader
     * @param mayBeCompleted whether a secret may still name the servers
     */
    TlsDecision(DecisionState state, List<HostAndPort> servers, boolean mayBeCompleted) {
        this.state = state;
        this.problems = state.problems();
        this.contents = state.contents();
        this.files = contents.files();
        this.values = state.values();
        this.servers = servers;
        this.mayBeCompleted = mayBeCompleted;
        this.negotiates = state.name().catalogue().isOfDatabases();
    }

    /** Sets the SSL mode. {@return the trust anchors; empty if the servers are not verified} */
    Optional<TrustAnchors> decide() {
        if (values.isSet(Settings.PLAINTEXT_HOSTS)) {
            plaintextHosts = new PlaintextHosts(state, servers);
        }
        RawValue winner = values.winner(Settings.SSLMODE);
        if (winner == null) {
            deriveMode();
        } else if (values.get(Settings.SSLMODE) != null) {
            checkMinimum(winner);
            checkSystemRoots(winner);
        } else {
            return Optional.empty();
        }
        raiseToModeOfSecret();
        Optional<TrustAnchors> anchors = anchors();
        if (anchors.isPresent()) {
            deriveRevocationList();
        }
        warn(anchors.isPresent());
        return anchors;
    }

    private void deriveMode() {
        boolean local = !servers.isEmpty() && areLoopback();
        boolean strict = contents.environment().isStrict();
        RawValue root = values.winner(Settings.SSLROOTCERT);
        String byDefault = new Origin.DefaultOf(contents.environment().name()).description();
        if (root != null) {
            derive(SslMode.VERIFY_FULL, "follows from " + root.key());
        } else if (known().coverAllHosts()) {
            derive(SslMode.VERIFY_FULL, "root certificates of the host are known");
        } else if (known().coverSomeHosts()) {
            derive(SslMode.VERIFY_FULL, "root certificates of a host are known");
        } else if ((strict || !local) && files.rootCertificate().isPresent()) {
            derive(SslMode.VERIFY_FULL, "follows from ~/.postgresql/root.crt");
        } else if (requiresVerification()) {
            derive(SslMode.VERIFY_FULL, followsFromAuth());
        } else if (strict && !negotiates) {
            derive(SslMode.VERIFY_FULL, byDefault);
        } else if (strict) {
            derive(SslMode.REQUIRE, byDefault);
        } else if (usesClientCertificate()) {
            derive(SslMode.REQUIRE, "the client certificate requires TLS");
        } else if (authentication().minimumSslMode().isAtLeast(SslMode.REQUIRE)) {
            derive(SslMode.REQUIRE, followsFromAuth());
        } else {
            derive(
                    local || !negotiates ? SslMode.DISABLE : SslMode.PREFER,
                    local ? byDefault + " on loopback" : byDefault);
        }
    }

    private void derive(SslMode mode, String reason) {
        values.derive(Settings.SSLMODE, mode.value(), new Origin.Derived(reason), problems);
    }

    private Authentication authentication() {
        return state.authentication().selected();
    }

    private boolean requiresVerification() {
        return authentication().requiresVerification();
    }

    private String followsFromAuth() {
        RawValue auth = values.winner(Settings.AUTH);
        return "follows from " + (auth == null ? Settings.AUTH.name() : auth.key());
    }

    private boolean usesClientCertificate() {
        return values.isSet(Settings.SSLCERT) || values.isSet(Settings.SSLKEY);
    }

    private SslMode mode() {
        SslMode mode = values.get(Settings.SSLMODE);
        return mode == null ? SslMode.REQUIRE : mode;
    }

    /** If a source is invalid, the environment or the servers may not be those that the mode was chosen for. */
    private void checkMinimum(RawValue winner) {
        SslMode mode = mode();
        if (!contents.environment().isStrict() || mode.isAtLeast(SslMode.REQUIRE) || contents.isIncomplete()) {
            return;
        }
        PlaintextHosts plaintext = plaintextHosts == null ? new PlaintextHosts(state, servers) : plaintextHosts;
        if (!servers.isEmpty()) {
            plaintext.check(winner, mode);
        } else if (!plaintext.mayPermit(mode) || !(mayBeCompleted || areServersUnreadable())) {
            plaintext.refuse(winner, List.of());
        }
    }

    /** As libpq: a weaker mode with the system's roots would accept any public certificate. */
    private void checkSystemRoots(RawValue winner) {
        RawValue root = values.winner(Settings.SSLROOTCERT);
        FileOrPem source = values.get(Settings.SSLROOTCERT);
        if (root != null && source != null && source.isSystem() && mode() != SslMode.VERIFY_FULL) {
            problems.add(
                    ProblemCode.SSL_MODE_TOO_WEAK,
                    winner,
                    root,
                    winner.keyIs() + " too weak for " + root.key()
                            + " 'system': anyone can get a certificate from a public authority.",
                    "Use verify-full, or leave " + winner.key() + " unset.");
        }
    }

    private void raiseToModeOfSecret() {
        SuppliedServer supplied = state.suppliedServer();
        SslMode minimum = supplied == null ? null : supplied.location().sslMode();
        if (supplied != null && minimum != null && !mode().isAtLeast(minimum)) {
            values.derive(Settings.SSLMODE, minimum.value(), supplied.origin("sslmode"), problems);
        }
    }

    private Optional<TrustAnchors> anchors() {
        SslMode mode = mode();
        FileOrPem root = values.get(Settings.SSLROOTCERT);
        if (mode == SslMode.DISABLE) {
            return Optional.empty();
        }
        if (root != null) {
            return Optional.of(ofRootCertificate(root));
        }
        if (mode.isAtLeast(SslMode.VERIFY_CA) && known().coverAllHosts()) {
            return Optional.of(known().anchors());
        }
        if (mode == SslMode.VERIFY_FULL && !negotiates && !values.isSet(Settings.SSLROOTCERT)) {
            // clients of these services trust public authorities, whose certificates need the check of the name
            return Optional.of(TrustAnchors.ofSystem());
        }
        Optional<Path> implied = files.rootCertificate();
        if (implied.isPresent()) {
            values.derive(
                    Settings.SSLROOTCERT,
                    implied.get().toString(),
                    new Origin.LibpqFile(files.describe(implied.get()), 0),
                    problems);
            return Optional.of(TrustAnchors.ofFile(implied.get()));
        }
        boolean serversMayChange = mayBeCompleted && !(requiresVerification() && values.isConfigured(Settings.HOST));
        if (mode.isAtLeast(SslMode.VERIFY_CA)
                && !values.isSet(Settings.SSLROOTCERT)
                && !serversMayChange
                // a provider that cannot be created may have the root certificates
                && !problems.contains(ProblemCode.PROVIDER)
                && !contents.isIncomplete()
                && !areServersUnreadable()) {
            new MissingRoot(state, known()).report(mode);
        }
        return Optional.empty();
    }

    /** As in libpq, the file in the home directory is used if neither a file nor a directory is configured. */
    private void deriveRevocationList() {
        Optional<Path> implied = files.revocationList();
        if (implied.isPresent() && !values.isSet(Settings.SSLCRL) && !values.isSet(Settings.SSLCRLDIR)) {
            values.derive(
                    Settings.SSLCRL,
                    implied.get().toString(),
                    new Origin.LibpqFile(files.describe(implied.get()), 0),
                    problems);
        }
    }

    private TrustAnchors ofRootCertificate(FileOrPem root) {
        Sensitive password = values.get(Settings.SSLPASSWORD);
        return root.isSystem()
                ? TrustAnchors.ofSystem()
                : TrustAnchors.of(root, password == null ? null : password.reveal());
    }

    private void warn(boolean verified) {
        if (!verified && contents.environment().isStrict() && mode() == SslMode.REQUIRE && !servers.isEmpty()) {
            state.warnings().add("The connection is encrypted, but the server's certificate is not verified: " + fix());
        }
        HostAndPort remote = contents.isEnvironmentSet() || verified ? null : remoteServer();
        if (remote != null) {
            state.warnings().add(unsetEnvironment(remote));
        }
        if (!verified && mode() != SslMode.DISABLE && !mayBeCompleted) {
            warnOfUnusedLists(Settings.SSLCRL);
            warnOfUnusedLists(Settings.SSLCRLDIR);
        }
    }

    private void warnOfUnusedLists(Setting<?> setting) {
        RawValue winner = values.winner(setting);
        if (winner != null) {
            state.warnings()
                    .add(winner.key() + " has no effect, because there is no root certificate to verify the server"
                            + " with. Set " + state.name().variable(Settings.SSLROOTCERT) + ".");
        }
    }

    private String unsetEnvironment(HostAndPort remote) {
        String protection =
                switch (mode()) {
                    case DISABLE -> "is not encrypted";
                    case ALLOW, PREFER -> "may be unencrypted, and the server's certificate is not verified";
                    default -> "is encrypted, but the server's certificate is not verified";
                };
        return "ENVIRONMENT is not set, so the rules of environment 'local' apply, but " + remote
                + " is not on this machine: the connection " + protection
                + ". Set ENVIRONMENT to production for the rules of a strict environment, or to local to accept this.";
    }

    private String fix() {
        if (known().coverAllHosts()) {
            return "the SSL mode is require, although root certificates are known. Leave "
                    + state.name().variable(Settings.SSLMODE) + " unset for verify-full.";
        }
        StringBuilder text = new StringBuilder("no root certificate is known. Set ")
                .append(state.name().variable(Settings.SSLROOTCERT))
                .append(" to the file of its root certificates, or to system.");
        for (String advice : known().advice()) {
            text.append(' ').append(advice);
        }
        return text.toString();
    }

    private KnownTrustAnchors known() {
        if (known == null) {
            known = new KnownTrustAnchors(contents.providers(), servers, problems);
        }
        return known;
    }

    private boolean areLoopback() {
        return remoteServer() == null;
    }

    /** Returns whether the host or the port is invalid, which is a problem already. Nothing follows from it for TLS. */
    private boolean areServersUnreadable() {
        return servers.isEmpty() && values.isSet(Settings.HOST);
    }

    /** Returns the first server that is not on this machine; null if there is none. */
    private @Nullable HostAndPort remoteServer() {
        for (HostAndPort server : servers) {
            if (!HostNames.isLoopback(server.host())) {
                return server;
            }
        }
        return null;
    }
}
