package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tokens for databases on RDS. A token is valid for the name and the port of one endpoint. Source: Amazon RDS User
 * Guide, "IAM database authentication".
 *
 * @param signedTarget the host and the port that a token is signed for
 */
record RdsTokens(String user, TokenRegion tokenRegion, SignedTarget signedTarget) implements TokenService {

    @Override
    public String description() {
        return "RDS IAM authentication";
    }

    @Override
    public TokenRequest request(LoginTarget server) {
        LoginTarget signed = signedTarget.of(server);
        return TokenRequest.connect("rds-db", signedName(signed.host()), signed.port(), "DBUser", user);
    }

    /** RDS verifies the signature with the name in lower case and without a final dot. */
    private static String signedName(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String region(LoginTarget server) throws CredentialsException {
        return tokenRegion.of(signedTarget.of(server).host());
    }

    /** RDS refuses a token without a reason, so the advice lists all known ones. */
    @Override
    public List<String> adviceOnRefusal(LoginTarget server, AuthenticationToken token) {
        LoginTarget signed = signedTarget.of(server);
        List<String> advice = new ArrayList<>(4);
        String inName = RdsHost.region(signed.host());
        if (RdsHost.isGlobal(signed.host())) {
            advice.add("Check that the writer of the global database is in region " + token.region()
                    + ", for which the token is signed, or set " + tokenRegion.variable() + " to its region.");
        } else if (inName == null) {
            advice.add("The token is signed for '" + signed.host()
                    + "', which is not the name of an RDS endpoint. RDS refuses a token for an alias or a tunnel. Set "
                    + signedTarget.variable() + " to the name of the endpoint.");
        } else if (!inName.equals(token.region())) {
            advice.add("The token is signed for region " + token.region() + " (" + tokenRegion.variable()
                    + "), but the host is in " + inName + ".");
        }
        advice.add("Check that the role can log in with tokens: GRANT rds_iam TO \"" + user + "\".");
        advice.add("Check that the IAM policy of this service allows rds-db:connect for user '" + user
                + "' of this database in region " + token.region() + ".");
        advice.add(token.adviceOnClock());
        return advice;
    }
}
