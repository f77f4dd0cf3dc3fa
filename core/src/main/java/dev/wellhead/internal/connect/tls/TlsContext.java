package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.connect.Addresses;
import dev.wellhead.internal.files.FileStamp;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
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
 * The TLS side of one database: who is trusted, who we are. Reads its files once, and again when one of them changes;
 * files that changed into something unusable leave what was read before in force. Thread-safe. Not loaded where the SSL
 * mode is {@code disable}.
 */
public final class TlsContext {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    /** libpq's default floor (ssl_min_protocol_version). */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final @Nullable TrustAnchors anchors;
    private final SslMode mode;
    private final @Nullable ClientCertificate client;
    private final List<Path> files = new ArrayList<>(3);
    private @Nullable SSLContext current;
    private List<FileStamp> read = List.of();

    public TlsContext(DatabaseSettings settings, SslMode mode) {
        this.anchors = settings.trustAnchors().orElse(null);
        this.mode = mode;
        this.client = ClientCertificate.of(settings);
        String root = settings.find(Settings.SSLROOTCERT).orElse(null);
        if (root != null && !root.equals("system")) {
            files.add(Path.of(root));
        }
        settings.find(Settings.SSLCERT).ifPresent(files::add);
        settings.find(Settings.SSLKEY).ifPresent(files::add);
    }

    /** TLS over a connected socket, handshake still to come; the name is the one that was configured. */
    public SSLSocket wrap(Socket plain, HostAndPort server) throws IOException {
        SSLSocket socket =
                (SSLSocket) context().getSocketFactory().createSocket(plain, server.host(), server.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        // RFC 6066: a literal address is never sent as server name; the JDK leaves out names without a dot as well
        SNIHostName name = serverName(server.host());
        parameters.setServerNames(name == null ? List.of() : List.of(name));
        socket.setSSLParameters(parameters);
        return socket;
    }

    public static @Nullable SNIHostName serverName(String host) {
        if (Addresses.isLiteral(host)) {
            return null;
        }
        try {
            return new SNIHostName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        } catch (IllegalArgumentException notSendable) {
            // such as db_primary, which a container network resolves and the JDK does not take for a name (RFC 1123)
            return null;
        }
    }

    private synchronized SSLContext context() throws IOException {
        List<FileStamp> now = FileStamp.of(files);
        SSLContext known = current;
        if (known != null && now.equals(read)) {
            return known;
        }
        try {
            SSLContext created = create();
            current = created;
            read = now;
            return created;
        } catch (TlsMaterialException unusable) {
            if (known == null) {
                throw unusable;
            }
            read = now;
            LOG.warn(
                    "TLS files changed and cannot be used; those read before stay in force: {}", unusable.getMessage());
            return known;
        }
    }

    private SSLContext create() throws TlsMaterialException {
        KeyManager[] keys = client == null ? null : new KeyManager[] {client.load()};
        try {
            TrustManager trust = ServerVerification.of(anchors, mode == SslMode.VERIFY_FULL);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            String message = unusable.getMessage();
            throw new TlsMaterialException(
                    message == null ? "The root certificates cannot be used." : message,
                    Settings.SSLROOTCERT,
                    unusable);
        }
    }
}
