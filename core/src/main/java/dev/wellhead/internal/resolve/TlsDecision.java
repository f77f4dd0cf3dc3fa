package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.Facts;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.AuthenticationKind;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides the SSL mode and what verifies the servers. A mode that is set means what libpq says it means; a mode that is
 * not set is the strongest that can be verified, wherever root certificates are known, and strict environments have a
 * floor. Source: PostgreSQL documentation, libpq chapter, "SSL Support" and the parameters sslmode and sslrootcert.
 */
public final class TlsDecision {

    private static final String SYSTEM = "system";

    private final Facts facts;
    private final Values values;
    private final List<HostAndPort> servers;
    private final @Nullable Completion completion;
    private final boolean isOpen;
    private final Problems problems;
    private final List<String> warnings;
    private @Nullable KnownAnchors known;

    /**
     * @param servers all of them, the reader's included
     * @param isOpen whether a secret may still say more about the servers
     */
    public TlsDecision(
            Facts facts,
            Values values,
            List<HostAndPort> servers,
            @Nullable Completion completion,
            boolean isOpen,
            Problems problems,
            List<String> warnings) {
        this.facts = facts;
        this.values = values;
        this.servers = servers;
        this.completion = completion;
        this.isOpen = isOpen;
        this.problems = problems;
        this.warnings = warnings;
    }

    /** Leaves the mode in the values. {@return what verifies the servers; empty where nothing does} */
    public Optional<TrustAnchors> decide() {
        RawValue winner = values.winner(Settings.SSLMODE);
        if (winner == null) {
            derive();
        } else if (values.get(Settings.SSLMODE) != null) {
            checkFloor(winner);
            checkSystem(winner);
        } else {
            return Optional.empty();
        }
        raiseToFloorOfSecret();
        Optional<TrustAnchors> anchors = anchors();
        warn(anchors.isPresent());
        return anchors;
    }

    private void derive() {
        boolean local = !servers.isEmpty() && areLoopback();
        boolean strict = facts.environment().isStrict();
        RawValue root = values.winner(Settings.SSLROOTCERT);
        if (root != null) {
            mode(SslMode.VERIFY_FULL, "follows from " + root.key());
        } else if (known().coversAll()) {
            mode(SslMode.VERIFY_FULL, "root certificates of the host are known");
        } else if (known().coversSome()) {
            mode(SslMode.VERIFY_FULL, "root certificates of a host are known");
        } else if (facts.files().rootCertificate().isPresent() && (strict || !local)) {
            mode(SslMode.VERIFY_FULL, "follows from ~/.postgresql/root.crt");
        } else if (strict) {
            mode(
                    SslMode.REQUIRE,
                    "default for environment '" + facts.environment().name() + "'");
        } else if (isIam()) {
            mode(SslMode.REQUIRE, "authentication tokens need TLS");
        } else {
            mode(
                    local ? SslMode.DISABLE : SslMode.PREFER,
                    "default for environment '" + facts.environment().name() + (local ? "' on loopback" : "'"));
        }
    }

    private boolean isIam() {
        return values.get(Settings.AUTH) == AuthenticationKind.IAM;
    }

    private void mode(SslMode mode, String origin) {
        values.derive(Settings.SSLMODE, mode.value(), new Origin.Derived(origin), problems);
    }

    private SslMode mode() {
        SslMode mode = values.get(Settings.SSLMODE);
        return mode == null ? SslMode.REQUIRE : mode;
    }

    private void checkFloor(RawValue winner) {
        SslMode mode = mode();
        if (!facts.environment().isStrict() || mode.isAtLeast(SslMode.REQUIRE)) {
            return;
        }
        if (mode == SslMode.DISABLE && (servers.isEmpty() ? isOpen : areLoopback())) {
            return;
        }
        problems.add(
                ProblemCode.SSL_MODE_TOO_WEAK,
                winner,
                winner.keyIs() + " weaker than environment '"
                        + facts.environment().name() + "' allows.",
                "Use one of: require, verify-ca, verify-full; disable is for servers on loopback alone.");
    }

    private void checkSystem(RawValue winner) {
        RawValue root = values.winner(Settings.SSLROOTCERT);
        if (root != null && SYSTEM.equals(values.get(Settings.SSLROOTCERT)) && mode() != SslMode.VERIFY_FULL) {
            problems.add(
                    ProblemCode.SSL_MODE_TOO_WEAK,
                    winner,
                    root,
                    winner.keyIs() + " too weak for " + root.key()
                            + " 'system': anybody can have a certificate of a public authority.",
                    "Use verify-full, or leave " + winner.key() + " unset.");
        }
    }

    private void raiseToFloorOfSecret() {
        SslMode floor = completion == null ? null : completion.location().sslMode();
        if (completion != null && floor != null && !mode().isAtLeast(floor)) {
            values.derive(
                    Settings.SSLMODE,
                    floor.value(),
                    completion.origin("sslmode"),
                    problems);
        }
    }

    private Optional<TrustAnchors> anchors() {
        SslMode mode = mode();
        String root = values.get(Settings.SSLROOTCERT);
        if (mode == SslMode.DISABLE) {
            return Optional.empty();
        }
        if (root != null) {
            return ofRootCertificate(root);
        }
        if (mode.isAtLeast(SslMode.VERIFY_CA) && known().coversAll()) {
            return Optional.of(known().anchors());
        }
        Optional<Path> implied = facts.files().rootCertificate();
        if (implied.isPresent()) {
            String path = implied.get().toString();
            values.derive(
                    Settings.SSLROOTCERT,
                    path,
                    new Origin.LibpqFile(facts.files().describe(implied.get()), 0),
                    problems);
            return Optional.of(TrustAnchors.ofFile(implied.get()));
        }
        if (mode.isAtLeast(SslMode.VERIFY_CA) && !values.isSet(Settings.SSLROOTCERT) && !isOpen) {
            reportMissingRoot(mode);
        }
        return Optional.empty();
    }

    private Optional<TrustAnchors> ofRootCertificate(String root) {
        if (root.equals(SYSTEM)) {
            return Optional.of(TrustAnchors.ofSystem());
        }
        RawValue winner = values.winner(Settings.SSLROOTCERT);
        try {
            return Optional.of(TrustAnchors.ofFile(Path.of(root)));
        } catch (InvalidPathException e) {
            if (winner != null) {
                problems.add(
                        ProblemCode.INVALID_VALUE,
                        winner,
                        winner.key() + " is not a path this system can open.",
                        "Write the path of a file of PEM certificates, or system.");
            }
            return Optional.empty();
        }
    }

    private void reportMissingRoot(SslMode mode) {
        String variable = facts.name().variable(Settings.SSLROOTCERT);
        RawValue winner = values.winner(Settings.SSLMODE);
        String key = winner == null || winner.origin().kind() == Origin.Kind.DERIVED
                ? facts.name().variable(Settings.SSLMODE)
                : winner.key();
        List<String> fixes = new ArrayList<>();
        fixes.add("Set " + variable + " to a file of PEM certificates, or to system for the roots the JVM trusts.");
        fixes.addAll(known().advice());
        problems.add(new Problem(
                ProblemCode.NO_ROOT_CERTIFICATE,
                key,
                known().coversSome()
                        ? "Root certificates are known for some hosts and not for " + known().unknownHosts()
                                + "; one SSL mode counts for all."
                        : key + " is '" + mode.value()
                                + "', and there is no root certificate to verify the server with.",
                List.of(),
                List.of(
                        facts.notSet(Settings.SSLROOTCERT),
                        new Problem.CheckedPlace("~/.postgresql/root.crt", "no such file")),
                fixes));
    }

    private void warn(boolean verified) {
        boolean matters = facts.environment().isStrict() || isIam();
        if (!verified && matters && mode() == SslMode.REQUIRE && !servers.isEmpty()) {
            warnings.add(
                    known().coversAll()
                            ? "The server is encrypted to but not verified: SSL mode require says so, although its root"
                                    + " certificates are known. Leave "
                                    + facts.name().variable(Settings.SSLMODE)
                                    + " unset for verify-full."
                            : "The server is encrypted to but not verified: no root certificate is known. Set "
                                    + facts.name().variable(Settings.SSLROOTCERT)
                                    + " to the file of its root certificates, or to system."
                                    + (known().advice().isEmpty() ? "" : " " + String.join(" ", known().advice())));
        }
        Optional<Path> revoked = facts.files().revocationList();
        if (verified && revoked.isPresent()) {
            warnings.add(facts.files().describe(revoked.get())
                    + " has no effect: certificate revocation lists are not supported.");
        }
    }

    private KnownAnchors known() {
        if (known == null) {
            known = KnownAnchors.of(facts.providers(), servers, problems);
        }
        return known;
    }

    private boolean areLoopback() {
        for (HostAndPort server : servers) {
            if (!HostList.isLoopback(server.host())) {
                return false;
            }
        }
        return true;
    }
}
