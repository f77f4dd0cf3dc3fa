package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.AuthenticationKind;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        boolean isSet = sslMode != null && sslMode.origin().kind() != Origin.Kind.DERIVED;
        RawValue tokens = values.get(Settings.AUTH) == AuthenticationKind.IAM ? values.winner(Settings.AUTH) : null;
        String key = sslMode != null && isSet ? sslMode.key() : state.name().variable(Settings.SSLMODE);
        String reason = key + " is '" + mode + "', but there is no root certificate to verify the server with.";
        if (!isSet && tokens != null) {
            key = tokens.key();
            reason = tokens.keyAndValue()
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
                        fixes(tokens != null)));
    }

    private List<String> fixes(boolean tokens) {
        List<String> fixes = new ArrayList<>(2);
        fixes.add("Set " + state.name().variable(Settings.SSLROOTCERT)
                + " to a file of PEM certificates, or to system for the roots that the JVM trusts.");
        fixes.addAll(known.advice());
        String region = values.get(Settings.IAM_REGION);
        // the regions of China and GovCloud have stores of their own
        if (tokens && known.advice().isEmpty() && !String.valueOf(region).matches("(cn|us-gov)-.*")) {
            fixes.add(rootsOfRds(region));
        }
        return fixes;
    }

    /**
     * Explains where the root certificates of RDS are, for a host that is only an alias of one on RDS. Source: Amazon
     * RDS User Guide, "Using SSL/TLS to encrypt a connection".
     */
    private static String rootsOfRds(@Nullable String region) {
        String bundle = region == null || !region.matches("[a-z0-9-]{4,30}")
                ? "global/global-bundle.pem"
                : region + "/" + region + "-bundle.pem";
        return "Amazon publishes those of RDS at https://truststore.pki.rds.amazonaws.com/" + bundle + ".";
    }
}
