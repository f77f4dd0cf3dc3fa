/**
 * Reads certificates, private keys and key stores in the formats of OpenSSL and of the JDK. Everything here works on
 * bytes in memory: the callers read the files.
 *
 * <pre>{@code
 * List<X509Certificate> chain = CertificateReader.read(content);
 * PrivateKey key = PrivateKeys.read(content, password);
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.pem;

import org.jspecify.annotations.NullMarked;
