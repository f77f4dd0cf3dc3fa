package dev.wellhead.internal.connect;

import dev.wellhead.testkit.IssuedCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Plays one script on each connection, and records what clients sent. */
final class ScriptedServer implements AutoCloseable {

    /** What the server does on one connection. */
    @FunctionalInterface
    interface Script {
        void play(ServerSession session) throws IOException;
    }

    private static final char[] NO_PASSWORD = {};

    private final ServerSocket listener;
    private final Script script;
    private final SSLContext tls;
    private final Set<Socket> open = Collections.synchronizedSet(new HashSet<>());
    private final List<ServerSession> sessions = new CopyOnWriteArrayList<>();

    ScriptedServer(SSLContext tls, Script script) {
        this.tls = tls;
        this.script = script;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** {@return the TLS context of a server with this certificate} */
    static SSLContext tls(IssuedCertificate issued) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(issued.certificatePem().getBytes(StandardCharsets.US_ASCII)))
                    .toArray(new Certificate[0]);
            store.setKeyEntry(
                    "server",
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(issued.keyDer())),
                    NO_PASSWORD,
                    chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** {@return everything that clients have sent, decrypted, as one character for each byte} */
    String received() {
        StringBuilder text = new StringBuilder();
        for (ServerSession session : sessions) {
            text.append(session.received());
        }
        return text.toString();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                ServerSession session = new ServerSession(socket, tls);
                sessions.add(session);
                daemon(() -> play(session));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void play(ServerSession session) {
        try {
            script.play(session);
            session.drain();
        } catch (IOException gone) {
            // the client has closed the connection, or the test is over
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
