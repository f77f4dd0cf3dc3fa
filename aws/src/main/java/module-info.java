/**
 * Credentials and root certificates of a database on Amazon RDS, found by core when they are wanted: nothing here is
 * called by name.
 *
 * @provides dev.wellhead.credentials.CredentialsProviderFactory from AWS Secrets Manager and RDS IAM
 * @provides dev.wellhead.tls.TrustAnchorsProvider the root certificates of RDS
 */
module dev.wellhead.aws {
    requires dev.wellhead.core;
    requires java.logging;
    requires org.slf4j;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.protocols.jsoncore;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.utils;
    requires static org.jspecify;

    provides dev.wellhead.credentials.CredentialsProviderFactory with
            dev.wellhead.aws.AwsCredentials;
    provides dev.wellhead.tls.TrustAnchorsProvider with
            dev.wellhead.aws.RdsTrustAnchors;
}
