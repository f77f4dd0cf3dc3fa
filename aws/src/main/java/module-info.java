/**
 * Credentials and root certificates for databases on Amazon RDS. Core finds the providers; no class is used directly.
 *
 * @provides dev.wellhead.credentials.CredentialsProviderFactory from AWS Secrets Manager and RDS IAM
 * @provides dev.wellhead.tls.TrustAnchorsProvider the root certificates of RDS
 */
module dev.wellhead.aws {
    requires dev.wellhead.core;
    requires org.slf4j;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.auth.aws;
    requires software.amazon.awssdk.http.auth.spi;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries.api;
    requires software.amazon.awssdk.services.secretsmanager;
    requires software.amazon.awssdk.utils;
    requires static org.jspecify;

    provides dev.wellhead.credentials.CredentialsProviderFactory with
            dev.wellhead.aws.AwsCredentials;
    provides dev.wellhead.tls.TrustAnchorsProvider with
            dev.wellhead.aws.RdsTrustAnchors;
}
