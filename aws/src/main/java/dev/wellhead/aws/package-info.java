/**
 * Credentials and root certificates for databases on Amazon RDS. Core finds both on the class path; the entry type is
 * {@link dev.wellhead.aws.AwsCredentials}. An example:
 *
 * <pre>
 * DB_SECRET_ID=prod/ledger       # user and password from AWS Secrets Manager
 * DB_AUTH=iam                    # or an RDS IAM authentication token
 * </pre>
 */
@NullMarked
package dev.wellhead.aws;

import org.jspecify.annotations.NullMarked;
