package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.util.ArrayList;
import java.util.List;

/** Reports that the server has to be verified and that there is no root certificate for it. */
final class MissingRoot {

    private final DecisionState state;
    private final RankedValues values;
    private final KnownTrustAnchors known;

    MissingRoot(DecisionState state, KnownTrustAnchors known) {
        this.state = state;
        this.values = state.values();
        this.known = known;
    }

    void report(SslMode mode) {
        RawValue sslMode = values.winner(Settings.SSLMODE);
        if (sslMode != null && !state.name().catalogue().isOfDatabases()) {
            reportPublicRoots(sslMode);
            return;
        }
        boolean isSet = sslMode != null && sslMode.origin().kind() != Origin.Kind.DERIVED;
        Authentication authentication = state.authentication().selected();
        RawValue requiring = authentication.requiresVerification() ? values.winner(Settings.AUTH) : null;
        String key = sslMode != null && isSet ? sslMode.key() : state.name().variable(Settings.SSLMODE);
        String reason = key + " is '" + mode + "', but there is no root certificate to verify the server with.";
        if (!isSet && requiring != null) {
            key = requiring.key();
            reason = requiring.keyAndValue()
                    + " and requires a verified server, but there is no root certificate to verify it with.";
        }
        if (known.coverSomeHosts()) {
            reason = "Root certificates are known for some hosts but not for " + known.unknownHosts()
                    + ", and one SSL mode applies to all hosts.";
        }
        state.problems()
                .add(new Problem(
                        ProblemCode.NO_ROOT_CERTIFICATE,
                        key,
                        reason,
                        List.of(),
                        List.of(
                                state.contents().notSet(Settings.SSLROOTCERT),
                                new Problem.CheckedPlace("~/.postgresql/root.crt", "no such file")),
                        fixes(authentication.rootAdvice())));
    }

    /** The roots that the JVM trusts are those of public authorities, so they need the check of the name. */
    private void reportPublicRoots(RawValue sslMode) {
        String variable = state.name().variable(Settings.SSLROOTCERT);
        state.problems()
                .add(
                        ProblemCode.SSL_MODE_TOO_WEAK,
                        sslMode,
                        sslMode.keyIs() + " too weak without " + variable
                                + ": anyone can get a certificate from a public authority.",
                        "Use verify-full, or set " + variable + " to the file of the server's root certificates.");
    }

    private List<String> fixes(String advice) {
        List<String> fixes = new ArrayList<>(2);
        fixes.add("Set " + state.name().variable(Settings.SSLROOTCERT)
                + " to a file of PEM certificates, or to system for the roots that the JVM trusts.");
        fixes.addAll(known.advice());
        if (known.advice().isEmpty() && !advice.isEmpty()) {
            fixes.add(advice);
        }
        return fixes;
    }
}
