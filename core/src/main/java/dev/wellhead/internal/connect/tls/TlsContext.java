package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.files.FileStamp;
import dev.wellhead.internal.files.ReadBudget;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.pem.KeyPasswordException;
import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.FileOrPem;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the TLS sockets of one database with its root certificates and client certificate. Reads the files once, and
 * again when one of them has changed. If a changed file cannot be used, the previous content stays in use. Thread-safe.
 * Not used if the SSL mode is {@code disable}, so that no TLS class is loaded then.
 */
public final class TlsContext {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    /** The name of PostgreSQL's protocol in the TLS handshake (ALPN). PostgreSQL 17 and later confirm it. */
    public static final String APPLICATION_PROTOCOL = "postgresql";

    /** As libpq's default of ssl_min_protocol_version. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** How long a connection waits for changed files; the previous content can be used instead. */
    private static final Duration RELOAD_BUDGET = Duration.ofMillis(500);

    /** The JDK's name for the cipher suite of a session that was not negotiated. */
    private static final String NO_CIPHER_SUITE = "SSL_NULL_WITH_NULL_NULL";

    private final @Nullable TrustAnchors anchors;
    private final SslMode mode;
    private final String passwordVariable;
    private final @Nullable ClientCertificate client;
    private final @Nullable RevocationLists revocation;
    /** The configured files and directory. */
    private final List<Path> files = new ArrayList<>(3);

    private @Nullable SSLContext current;
    private @Nullable ClientKeyManager currentKey;
    private volatile boolean certificateAccepted;
    private List<FileStamp> currentFiles = List.of();
    private String warned = "";

    public TlsContext(DatabaseSettings settings, SslMode mode) {
        this.anchors = settings.trustAnchors().orElse(null);
        this.mode = mode;
        this.passwordVariable = SettingReference.of(settings, Settings.SSLPASSWORD);
        this.client = ClientCertificate.of(settings);
        this.revocation = anchors == null ? null : RevocationLists.of(settings);
        FileOrPem root = settings.find(Settings.SSLROOTCERT).orElse(null);
        if (root != null && !root.isSystem()) {
            root.file().ifPresent(files::add);
        }
        settings.find(Settings.SSLCERT).flatMap(FileOrPem::file).ifPresent(files::add);
        settings.find(Settings.SSLKEY).flatMap(FileOrPem::file).ifPresent(files::add);
        if (revocation != null) {
            settings.find(Settings.SSLCRL).ifPresent(files::add);
            settings.find(Settings.SSLCRLDIR).ifPresent(files::add);
        }
    }

    /** Returns the client certificate that was sent on a socket; null if the server requested none. */
    public synchronized @Nullable PresentedCertificate presentedOn(SSLSocket socket) {
        return currentKey == null ? null : currentKey.presentedOn(socket);
    }

    /** Records that a server completed a login over TLS, which shows that it accepts the current client certificate. */
    public void loginCompleted() {
        certificateAccepted = true;
    }

    /** {@return whether a login has been completed with the current client certificate} */
    public boolean isCertificateAccepted() {
        return certificateAccepted;
    }

    /**
     * {@return a TLS socket over a connected one; the caller starts the handshake} The server name is the configured
     * host.
     *
     * @param budget the longest time to read the files
     */
    public SSLSocket wrap(Socket plain, HostAndPort server, Duration budget) throws IOException {
        SSLContext context;
        ReadBudget reading = ReadBudget.start(budget);
        try {
            context = context();
        } finally {
            reading.end();
        }
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, server.host(), server.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setApplicationProtocols(new String[] {APPLICATION_PROTOCOL});
        // The JDK would not send a name without a dot unless it is set here.
        SNIHostName name = serverName(server.host());
        parameters.setServerNames(name == null ? List.of() : List.of(name));
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** {@return why the files cannot be used; empty if they can} Reads each of them, without a connection. */
    public List<TlsMaterialException> unusableFiles() {
        List<TlsMaterialException> unusable = new ArrayList<>(0);
        try {
            SSLContext unused = create(null);
        } catch (TlsMaterialException e) {
            unusable.add(e);
        }
        try {
            ClientKeyManager unused = client == null ? null : client.load();
        } catch (TlsMaterialException e) {
            unusable.add(e);
        }
        return unusable;
    }

    /** {@return whether the handshake has completed} */
    public static boolean isHandshakeComplete(SSLSocket socket) {
        return !socket.getSession().getCipherSuite().equals(NO_CIPHER_SUITE);
    }

    /** Returns null for a literal address, which RFC 6066 does not permit as a server name. */
    private static @Nullable SNIHostName serverName(String host) {
        if (HostNames.isLiteral(host)) {
            return null;
        }
        try {
            return new SNIHostName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        } catch (IllegalArgumentException notSendable) {
            // such as db_primary, which resolves in a container network but is not a host name (RFC 1123)
            return null;
        }
    }

    private synchronized SSLContext context() throws IOException {
        SSLContext known = current;
        SSLContext context = known == null ? load(stampsOrNone()) : reloaded(known);
        requireValidCertificate();
        return context;
    }

    /** Returns no stamps if the file system is slow; then the files are read again for the next connection. */
    private List<FileStamp> stampsOrNone() {
        ReadBudget reading = ReadBudget.start(RELOAD_BUDGET);
        try {
            return RegularFiles.stamps(watched());
        } catch (UnreadableFileException slow) {
            return List.of();
        } finally {
            reading.end();
        }
    }

    private SSLContext load(List<FileStamp> now) throws TlsMaterialException {
        ClientKeyManager key = client == null ? null : client.load();
        SSLContext created = create(key);
        current = created;
        currentKey = key;
        currentFiles = now;
        certificateAccepted = false;
        warned = "";
        return created;
    }

    private SSLContext reloaded(SSLContext known) {
        ReadBudget reading = ReadBudget.start(RELOAD_BUDGET);
        try {
            List<FileStamp> now = RegularFiles.stamps(watched());
            return now.equals(currentFiles) ? known : load(now);
        } catch (UnreadableFileException slow) {
            warnOnce("One of the files " + files + " " + slow.reason() + ".");
        } catch (TlsMaterialException unusable) {
            warnOnce(String.valueOf(unusable.getMessage()));
        } finally {
            reading.end();
        }
        return known;
    }

    private void warnOnce(String reason) {
        if (!reason.equals(warned)) {
            warned = reason;
            LOG.warn("A TLS file has changed and cannot be used. The previous content stays in use. {}", reason);
        }
    }

    private List<Path> watched() {
        if (revocation == null) {
            return files;
        }
        List<Path> all = new ArrayList<>(files);
        all.addAll(revocation.entries());
        return all;
    }

    /** Checks the client certificate again, because it can expire after it was read. */
    private void requireValidCertificate() throws TlsMaterialException {
        if (client != null && currentKey != null) {
            client.requireValid(currentKey.certificate());
        }
    }

    private SSLContext create(@Nullable ClientKeyManager key) throws TlsMaterialException {
        KeyManager[] keys = key == null ? null : new KeyManager[] {key};
        try {
            TrustManager trust = trustManager();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw explained(unusable);
        } catch (RuntimeException unexpected) {
            throw new TlsMaterialException(
                    "The root certificates cannot be used: "
                            + unexpected.getClass().getName() + ".",
                    "",
                    unexpected,
                    Settings.SSLROOTCERT);
        }
    }

    /** {@return what verifies a server, for a client that creates its own TLS connections} */
    public TrustManager trustManager() throws TlsMaterialException {
        try {
            return new ServerTrustManager(new ServerVerification(chains(), mode == SslMode.VERIFY_FULL));
        } catch (GeneralSecurityException | IOException unusable) {
            throw explained(unusable);
        }
    }

    private TlsMaterialException explained(Exception unusable) {
        if (unusable instanceof TlsMaterialException explained) {
            return explained;
        }
        String message = unusable.getMessage();
        return new TlsMaterialException(
                message == null ? "The root certificates cannot be used." : message,
                fix(unusable.getCause()),
                unusable,
                Settings.SSLROOTCERT);
    }

    private String fix(@Nullable Throwable cause) {
        if (cause instanceof UnreadableFileException unreadable) {
            return unreadable.fix();
        }
        return cause instanceof KeyPasswordException
                ? "Set " + passwordVariable + " to the password of the key store."
                : "";
    }

    private @Nullable ChainVerification chains() throws IOException, GeneralSecurityException {
        if (anchors == null) {
            return null;
        }
        return new ChainVerification(anchors, revocation == null ? null : revocation.load());
    }
}
