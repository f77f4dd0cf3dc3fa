/**
 * Credentials and root certificates of a database on Amazon RDS. Nothing here is called by name: on the class path,
 * {@code DB_SECRET_ID} or {@code DB_AUTH=iam} in the environment brings it in.
 */
@NullMarked
package dev.wellhead.aws;

import org.jspecify.annotations.NullMarked;
