/**
 * Reads user, password and server from the text of a secret or from a directory of files, wherever it is stored. Entry
 * type: {@link dev.wellhead.internal.secret.SecretParser}.
 */
@NullMarked
package dev.wellhead.internal.secret;

import org.jspecify.annotations.NullMarked;
