/** Users and passwords that may change while a service runs. Entry type: {@link dev.wellhead.credentials.CredentialsProvider}. */
@NullMarked
package dev.wellhead.credentials;

import org.jspecify.annotations.NullMarked;
