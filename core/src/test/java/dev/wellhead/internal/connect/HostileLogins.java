package dev.wellhead.internal.connect;

import static dev.wellhead.internal.connect.HostileClient.ENCRYPTED;
import static dev.wellhead.internal.connect.HostileClient.LENIENT;
import static dev.wellhead.internal.connect.HostileClient.TOKEN;
import static dev.wellhead.internal.connect.HostileClient.UNVERIFIED;
import static dev.wellhead.internal.connect.HostileClient.VERIFIED;
import static dev.wellhead.internal.connect.HostileScripts.BAD_MESSAGE;
import static dev.wellhead.internal.connect.HostileScripts.CLEAR_TEXT;
import static dev.wellhead.internal.connect.HostileScripts.MD5;
import static dev.wellhead.internal.connect.HostileScripts.OK;
import static dev.wellhead.internal.connect.HostileScripts.PARAMETER;
import static dev.wellhead.internal.connect.HostileScripts.READY;
import static dev.wellhead.internal.connect.HostileScripts.SCRAM;
import static dev.wellhead.internal.connect.HostileScripts.error;
import static dev.wellhead.internal.connect.HostileScripts.started;
import static dev.wellhead.internal.connect.ServerSession.message;
import static dev.wellhead.internal.connect.ServerSession.request;
import static dev.wellhead.internal.connect.ServerSession.salt;

import java.util.List;
import java.util.Map;

/** Login methods that the client must refuse, and exchanges of SCRAM that break its rules. */
final class HostileLogins extends HostileBehaviours {

    HostileLogins() {
        methods();
        scram();
    }

    private void methods() {
        String clear = "it requested a password in clear text";
        String only = ", and requireAuth is scram-sha-256 while the server is not verified";
        add("clear text", UNVERIFIED, "other: " + clear + only, started(CLEAR_TEXT));
        add("MD5", UNVERIFIED, "other: it requested a password as an MD5 hash" + only, started(MD5));
        add(
                "no request",
                UNVERIFIED,
                "other: it accepted the login without requesting the password" + only,
                started(OK));
        add("no request, then a session", UNVERIFIED, "other: it accepted", started(OK, PARAMETER, READY));
        addTrusted(
                "clear text, then an error",
                VERIFIED,
                "credentials_refused: ",
                started(CLEAR_TEXT, error("28P01", "no")));
        addTrusted(
                "clear text twice, then an error",
                TOKEN,
                "credentials_refused: ",
                started(CLEAR_TEXT, CLEAR_TEXT, error("28P01", "no")));
        add("MD5", TOKEN, "other: it requested a password as an MD5 hash, and an authentication token", started(MD5));
        add("SCRAM", TOKEN, "other: it requested a SCRAM login, and an authentication token", started(SCRAM));
        Map<Integer, String> unsupported = Map.of(
                1, "Kerberos,",
                2, "Kerberos,",
                4, "a crypt password",
                6, "SCM credentials",
                7, "Kerberos (GSSAPI)",
                8, "Kerberos (GSSAPI)",
                9, "Windows authentication (SSPI)",
                13, "login method 13",
                -1, "login method -1");
        unsupported.forEach((code, name) -> {
            for (HostileClient client : List.of(LENIENT, UNVERIFIED, TOKEN)) {
                add("method " + code, client, "other: it requested " + name, started(request(code, "")));
            }
        });
        add("SASL without SCRAM", LENIENT, "other: it requested a SASL login", started(request(10, "OAUTHBEARER\0\0")));
        add("SCRAM with SHA-1", UNVERIFIED, BAD_MESSAGE, started(request(10, "SCRAM-SHA-1\0\0")));
        add(
                "SCRAM with SHA-1 as well",
                UNVERIFIED,
                BAD_MESSAGE,
                started(request(10, "SCRAM-SHA-256\0SCRAM-SHA-1\0\0")));
        add("channel binding without TLS", LENIENT, BAD_MESSAGE, started(request(10, "SCRAM-SHA-256-PLUS\0\0")));
        add("no mechanism", UNVERIFIED, BAD_MESSAGE, started(request(10, "\0")));
        add("mechanisms without an end", UNVERIFIED, "not_postgresql: ", started(request(10, "SCRAM-SHA-256\0")));
        add("a mechanism without an end", UNVERIFIED, "not_postgresql: ", started(request(10, "SCRAM-SHA-256")));
        add("bytes after the mechanisms", UNVERIFIED, BAD_MESSAGE, started(request(10, "SCRAM-SHA-256\0\0x")));
        add("MD5 with a long salt", LENIENT, BAD_MESSAGE, started(request(5, "salty")));
        add("MD5 without a salt", LENIENT, BAD_MESSAGE, started(request(5, "")));
        add("a request without a code", ENCRYPTED, "not_postgresql: ", started(message('R', "")));
    }

    private void scram() {
        String refused = "other: the driver rejected the login: SCRAM authentication failed";
        for (HostileClient client : List.of(LENIENT, UNVERIFIED, VERIFIED)) {
            String proof = "other: it accepted the SCRAM login without proving that it has the password";
            add("SCRAM without an exchange", client, proof, started(SCRAM, OK));
            add("SCRAM without the final message", client, proof, session -> {
                session.startup().scram(4096, salt(16));
                session.hear();
                session.send(OK, PARAMETER, READY);
            });
            add("SCRAM with a wrong proof", client, refused, session -> {
                session.startup().scram(4096, salt(16));
                session.hear();
                session.send(request(12, "v=" + salt(32)), OK, PARAMETER, READY);
            });
        }
        for (long iterations : List.of(1_000_001L, 2_147_483_647L, 2_147_483_648L, Long.MAX_VALUE)) {
            add(
                    iterations + " iterations",
                    UNVERIFIED,
                    "other: it requested more than 1000000 iterations",
                    session -> session.startup().scram(iterations, salt(16)));
        }
        add("no iteration", UNVERIFIED, refused, session -> session.startup().scram(0, salt(16)));
        add("a negative number of iterations", UNVERIFIED, BAD_MESSAGE, session -> session.startup()
                .scram(-1, salt(16)));
        add("a salt of 1 MB", UNVERIFIED, BAD_MESSAGE, session -> session.startup()
                .scram(4096, salt(1 << 20)));
        add(
                "a nonce that is not ours",
                UNVERIFIED,
                refused,
                started(SCRAM, request(11, "r=theirs,s=" + salt(16) + ",i=4096")));
        add("an empty first message", UNVERIFIED, refused, started(SCRAM, request(11, "")));
        add("no iterations", UNVERIFIED, refused, started(SCRAM, request(11, "r=a,s=" + salt(16))));
        add("a continuation before SCRAM", UNVERIFIED, BAD_MESSAGE, started(request(11, "r=a,s=b,i=1")));
        add("an end before SCRAM", UNVERIFIED, BAD_MESSAGE, started(request(12, "v=a")));
        add("an end before the exchange", UNVERIFIED, BAD_MESSAGE, started(SCRAM, request(12, "v=a")));
        add("a SCRAM error", UNVERIFIED, refused, session -> {
            session.startup().scram(4096, salt(16));
            session.hear();
            session.send(request(12, "e=invalid-proof"));
        });
    }
}
