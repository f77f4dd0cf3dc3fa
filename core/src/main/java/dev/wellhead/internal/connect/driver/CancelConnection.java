package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.internal.connect.net.DeadlineSocket;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.internal.text.SafeText;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the connection of one cancel request. If the session is encrypted, so is the request, and the server is
 * verified again, as PQcancelBlocking of libpq 17 does: the key in the request would let others cancel statements of
 * the session.
 */
final class CancelConnection implements DeadlineSocket.Observer {

    private static final Logger LOG = LoggerFactory.getLogger(CancelConnection.class);
    /** SSLRequest: the length of the message and the code of the request. */
    private static final byte[] TLS_REQUEST = {0, 0, 0, 8, 0x04, (byte) 0xD2, 0x16, 0x2F};

    private final SocketSetup sockets;

    private CancelConnection(SocketSetup sockets) {
        this.sockets = sockets;
    }

    /**
     * {@return a connected socket whose blocking calls all end at one deadline}
     *
     * @param negotiation how the session negotiated TLS; {@code NONE} if it is not encrypted
     */
    static Socket open(SocketSetup sockets, ServerAddress server, TlsNegotiation negotiation) throws IOException {
        Deadline deadline = Deadline.in(sockets.cancelTimeout());
        DeadlineSocket plain = new DeadlineSocket(server.endpoint(), deadline, new CancelConnection(sockets));
        try {
            plain.connect(server.endpoint());
            TlsContext tls = sockets.tls();
            return negotiation == TlsNegotiation.NONE || tls == null
                    ? plain
                    : encrypted(plain, tls, server, negotiation, deadline);
        } catch (IOException failed) {
            plain.close();
            // the driver ignores the exception
            LOG.warn(
                    "The cancel request for a statement on {} was not sent: {}",
                    server.server(),
                    SafeText.sentence(String.valueOf(failed.getMessage())));
            throw failed;
        }
    }

    private static Socket encrypted(
            DeadlineSocket plain, TlsContext tls, ServerAddress server, TlsNegotiation negotiation, Deadline deadline)
            throws IOException {
        if (negotiation != TlsNegotiation.DIRECT) {
            plain.getOutputStream().write(TLS_REQUEST);
            if (plain.getInputStream().read() != 'S') {
                throw new IOException("the server does not offer TLS for it, and the session is encrypted");
            }
        }
        SSLSocket encrypted = tls.wrap(plain, server.server(), deadline.remaining());
        encrypted.startHandshake();
        negotiation.checkApplicationProtocol(encrypted);
        return encrypted;
    }

    @Override
    public void connected(Socket socket) throws IOException {
        sockets.keepAlive().applyTo(socket);
    }
}
