package dev.wellhead.internal.connect;

import static dev.wellhead.internal.connect.HostileClient.ENCRYPTED;
import static dev.wellhead.internal.connect.HostileClient.LENIENT;
import static dev.wellhead.internal.connect.HostileClient.UNVERIFIED;
import static dev.wellhead.internal.connect.HostileClient.VERIFIED;
import static dev.wellhead.internal.connect.HostileScripts.OK;
import static dev.wellhead.internal.connect.HostileScripts.SCRAM;
import static dev.wellhead.internal.connect.HostileScripts.afterS;
import static dev.wellhead.internal.connect.HostileScripts.answer;
import static dev.wellhead.internal.connect.HostileScripts.error;
import static dev.wellhead.internal.connect.HostileScripts.started;
import static dev.wellhead.internal.connect.ServerSession.message;
import static dev.wellhead.internal.connect.ServerSession.salt;
import static dev.wellhead.internal.connect.ServerSession.text;

import java.util.List;

/** Servers of another protocol, broken TLS, and connections that end or stay silent. */
final class HostileTransport extends HostileBehaviours {

    HostileTransport() {
        firstBytes();
        transport();
    }

    private void firstBytes() {
        String other = "not_postgresql: the answer is ";
        for (HostileClient client : List.of(LENIENT, ENCRYPTED)) {
            add("HTTP", client, other + "HTTP", answer(text("HTTP/1.1 400 Bad Request\r\n\r\n")));
            add("SSH", client, other + "SSH", answer(text("SSH-2.0-OpenSSH_9.2\r\n")));
            add("zero bytes", client, other + "not PostgreSQL's protocol", answer(new byte[64]));
        }
        add("TLS alert", LENIENT, other + "TLS", answer(new byte[] {0x15, 3, 1, 0, 2, 2, 70}));
        add("bytes after S", ENCRYPTED, "not_postgresql: ", answer(text("SR\0\0\0\10\0\0\0\0")));
        add("bytes after N", ENCRYPTED, "not_postgresql: ", answer(text("NE")));
        add("no TLS", VERIFIED, "tls_not_supported: ", answer(text("N")));
        add("no TLS, as an error", VERIFIED, "tls_not_supported: ", answer(error("0A000", "no TLS")));
        add("an answer that is neither S nor N", ENCRYPTED, "not_postgresql: ", answer(text("G")));
        add("HTTP inside TLS", UNVERIFIED, other + "HTTP", started(text("HTTP/1.1 400 Bad Request")));
    }

    private void transport() {
        for (HostileClient client : List.of(LENIENT, UNVERIFIED)) {
            addSlow("silence at the beginning", client, ServerSession::hearStartup);
            addSlow("silence after the startup message", client, ServerSession::startup);
            addSlow("silence in a header", client, started(new byte[] {'R', 0, 0}));
            addSlow("silence in a message", client, started(new byte[] {'R', 0, 0, 0, 40, 0, 0, 0, 10, 'S'}));
            addSlow("silence in SCRAM", client, started(SCRAM));
            addSlow("slow bytes", client, session -> session.startup().drip(message('E', "x".repeat(20_000))));
            add("reset at the beginning", client, "network: ", ServerSession::reset);
            add("reset after the startup message", client, "network: ", session -> session.startup()
                    .reset());
            add("end after the startup message", client, "network: ", session -> session.startup()
                    .end());
            add("end in a message", client, "network: ", session -> {
                session.startup().send(new byte[] {'R', 0, 0, 0, 40});
                session.end();
            });
            add("reset in SCRAM", client, "network: ", session -> {
                session.startup().scram(4096, salt(16));
                session.reset();
            });
        }
        addSlow("silence after S", UNVERIFIED, session -> {
            session.hearStartup();
            session.send(text("S"));
        });
        addSlow("slow bytes after S", UNVERIFIED, session -> {
            session.hearStartup();
            session.send(text("S"));
            session.hearTls();
            session.drip(new byte[] {0x16, 3, 3, 0x3f, 0, 2, 0, 0x3f, 0});
        });
        for (HostileClient client : List.of(UNVERIFIED, VERIFIED)) {
            add("an alert after S", client, "tls_failed: ", afterS(new byte[] {0x15, 3, 3, 0, 2, 2, 40}));
            add("plain text after S", client, "tls_failed: ", afterS(OK));
            add("a long record after S", client, "tls_failed: ", afterS(new byte[] {0x16, 3, 3, -1, -1, 2, 0}));
            add("zero bytes after S", client, "tls_failed: ", afterS(new byte[100]));
        }
        add("end after S", VERIFIED, "tls_failed: ", session -> {
            session.hearStartup();
            session.send(text("S"));
            session.end();
        });
        add("another protocol in TLS", UNVERIFIED, "tls_failed: ", session -> {
            session.hearStartup();
            session.send(text("S"));
            session.encrypt("http/1.1");
        });
    }
}
