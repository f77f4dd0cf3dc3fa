package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import java.util.List;
import java.util.Locale;

/**
 * Tokens for caches on ElastiCache. A token is valid for one cache, which is named by its identifier and not by its
 * endpoint. Source: Amazon ElastiCache User Guide, "Authenticating with IAM".
 *
 * @param cacheName the identifier of the replication group or the name of the serverless cache
 */
record CacheTokens(String user, TokenRegion tokenRegion, String cacheName, String cacheVariable)
        implements TokenService {

    /** The label that only the endpoints of serverless caches have, after the name of the cache. */
    private static final String SERVERLESS = ".serverless.";

    /** There is no port in the token: the port of HTTPS is left out. */
    private static final int HTTPS = 443;

    @Override
    public String description() {
        return "ElastiCache IAM authentication";
    }

    /** ElastiCache keeps the names of caches in lower case. */
    @Override
    public TokenRequest request(LoginTarget server) {
        TokenRequest request =
                TokenRequest.connect("elasticache", cacheName.toLowerCase(Locale.ROOT), HTTPS, "User", user);
        return isServerless(server) ? request.with("ResourceType", "ServerlessCache") : request;
    }

    private static boolean isServerless(LoginTarget server) {
        return server.host().toLowerCase(Locale.ROOT).contains(SERVERLESS);
    }

    /** The name of a cache has a short code such as euw1 in place of its region. */
    @Override
    public String region(LoginTarget server) throws CredentialsException {
        return tokenRegion.of("");
    }

    /** ElastiCache refuses a token without a reason, so the advice lists all known ones. */
    @Override
    public List<String> adviceOnRefusal(LoginTarget server, AuthenticationToken token) {
        String kind = isServerless(server) ? "the serverless cache '" : "the replication group '";
        return List.of(
                "Check that " + kind + cacheName.toLowerCase(Locale.ROOT) + "' (" + cacheVariable
                        + ") is the cache of this server, and that it is in region " + token.region() + " ("
                        + tokenRegion.variable() + "). The endpoint of a serverless cache contains '" + SERVERLESS
                        + "'.",
                "Check that the cache has a user '" + user
                        + "' whose authentication mode is IAM, and whose user name and user id are the same.",
                "Check that the IAM policy of this service allows elasticache:Connect for the cache and for the user '"
                        + user + "'.",
                token.adviceOnClock());
    }
}
