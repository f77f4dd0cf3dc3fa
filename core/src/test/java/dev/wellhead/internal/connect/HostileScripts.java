package dev.wellhead.internal.connect;

import static dev.wellhead.internal.connect.ServerSession.message;
import static dev.wellhead.internal.connect.ServerSession.request;
import static dev.wellhead.internal.connect.ServerSession.text;

/** Messages of a server, and scripts that send them. */
final class HostileScripts {

    static final byte[] OK = request(0, "");
    static final byte[] CLEAR_TEXT = request(3, "");
    static final byte[] MD5 = request(5, "salt");
    static final byte[] SCRAM = request(10, "SCRAM-SHA-256\0\0");
    static final byte[] READY = message('Z', "I");
    static final byte[] NOTICE = message('N', "SNOTICE\0C00000\0Mhello\0\0");
    static final byte[] PARAMETER = message('S', "server_version\00016.4\0");

    /** The beginning of the failure when a message has the wrong type, size or content. */
    static final String BAD_MESSAGE = "not_postgresql: it sent ";

    private HostileScripts() {}

    /** Answers the first message of the client, which may be a request for TLS. */
    static ScriptedServer.Script answer(byte[] bytes) {
        return session -> {
            session.hearStartup();
            session.send(bytes);
        };
    }

    /** Agrees to TLS, and answers the first message of the handshake. */
    static ScriptedServer.Script afterS(byte[] bytes) {
        return session -> {
            session.hearStartup();
            session.send(text("S"));
            // bytes that arrive together with the S are another violation
            session.hearTls();
            session.send(bytes);
        };
    }

    /** Starts the session, with TLS if the client requests it, and sends messages. */
    static ScriptedServer.Script started(byte[]... messages) {
        return session -> session.startup().send(messages);
    }

    /** Requests the password, accepts it, and sends a message. */
    static ScriptedServer.Script authenticated(byte[] message) {
        return session -> {
            session.startup().send(CLEAR_TEXT);
            session.hear();
            session.send(OK, message);
        };
    }

    /** Accepts the login, and repeats a message until the client closes the connection. */
    static ScriptedServer.Script flooded(byte[] message) {
        return session -> {
            session.startup().send(OK);
            session.flood(message);
        };
    }

    static byte[] error(String sqlState, String message) {
        return message('E', "SFATAL\0VFATAL\0C" + sqlState + "\0M" + message + "\0\0");
    }
}
