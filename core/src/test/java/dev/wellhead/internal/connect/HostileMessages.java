package dev.wellhead.internal.connect;

import static dev.wellhead.internal.connect.HostileClient.ENCRYPTED;
import static dev.wellhead.internal.connect.HostileClient.LENIENT;
import static dev.wellhead.internal.connect.HostileClient.UNVERIFIED;
import static dev.wellhead.internal.connect.HostileClient.VERIFIED;
import static dev.wellhead.internal.connect.HostileScripts.BAD_MESSAGE;
import static dev.wellhead.internal.connect.HostileScripts.CLEAR_TEXT;
import static dev.wellhead.internal.connect.HostileScripts.MD5;
import static dev.wellhead.internal.connect.HostileScripts.NOTICE;
import static dev.wellhead.internal.connect.HostileScripts.OK;
import static dev.wellhead.internal.connect.HostileScripts.PARAMETER;
import static dev.wellhead.internal.connect.HostileScripts.READY;
import static dev.wellhead.internal.connect.HostileScripts.SCRAM;
import static dev.wellhead.internal.connect.HostileScripts.authenticated;
import static dev.wellhead.internal.connect.HostileScripts.error;
import static dev.wellhead.internal.connect.HostileScripts.flooded;
import static dev.wellhead.internal.connect.HostileScripts.started;
import static dev.wellhead.internal.connect.ServerSession.header;
import static dev.wellhead.internal.connect.ServerSession.message;

import java.util.List;
import java.util.Map;

/** Messages with a wrong length, order, number or content. */
final class HostileMessages extends HostileBehaviours {

    private static final int MOST = Integer.MAX_VALUE;

    HostileMessages() {
        lengths();
        order();
        floods();
        contents();
    }

    private void lengths() {
        for (int length : List.of(0, -1, Integer.MIN_VALUE, 3, 7, 2_001, 1_500_000_000, MOST)) {
            add("request of length " + length, LENIENT, "not_postgresql: ", started(header('R', length)));
        }
        for (int length : List.of(0, -1, 3, 30_001, 1_500_000_000, MOST)) {
            add("first error of length " + length, UNVERIFIED, "not_postgresql: ", started(header('E', length)));
            add("later error of length " + length, LENIENT, BAD_MESSAGE + "an error", started(OK, header('E', length)));
            add("notice of length " + length, LENIENT, BAD_MESSAGE + "a notice", started(OK, header('N', length)));
            addTrusted(
                    "parameter of length " + length,
                    VERIFIED,
                    BAD_MESSAGE + "a parameter",
                    authenticated(header('S', length)));
        }
        for (int length : List.of(4, 8, 13, 16, 268, 30_001)) {
            byte[] key = message('K', "k".repeat(length - Integer.BYTES));
            add("cancel key of length " + length, LENIENT, BAD_MESSAGE + "a cancel key", started(OK, key));
        }
        for (String status : List.of("", "II")) {
            add("ready with '" + status + "'", LENIENT, BAD_MESSAGE, started(OK, PARAMETER, message('Z', status)));
        }
        add("error of 1.5 GB after the login request", UNVERIFIED, BAD_MESSAGE + "an error", session -> {
            session.startup().send(SCRAM);
            session.endless('E', 1_500_000_000);
        });
        add("answer to a query of 1.5 GB", LENIENT, BAD_MESSAGE, session -> {
            session.startup().send(OK, message('S', "server_version\0009.6\0"), READY);
            session.endless('E', 1_500_000_000);
        });
    }

    private void order() {
        add("ready before the login", LENIENT, "not_postgresql: ", started(READY));
        add("notice before the login", LENIENT, "not_postgresql: ", started(NOTICE));
        add("ready during the login", ENCRYPTED, BAD_MESSAGE, started(SCRAM, READY));
        add("parameter during the login", ENCRYPTED, BAD_MESSAGE, started(SCRAM, PARAMETER));
        add("two acceptances", LENIENT, BAD_MESSAGE + "an authentication request", started(OK, OK));
        add("a request after the login", LENIENT, BAD_MESSAGE + "an authentication request", started(OK, CLEAR_TEXT));
        add("a row before the session", LENIENT, BAD_MESSAGE + "a message of type 68", started(OK, message('D', "")));
        add("a notification", LENIENT, BAD_MESSAGE + "a message of type 65", started(OK, message('A', "1234a\0b\0")));
        add("an unknown type", LENIENT, BAD_MESSAGE + "a message of type 255", started(OK, message('\u00ff', "")));
        add("two methods", ENCRYPTED, "not_postgresql: it requested a second login method", started(SCRAM, MD5));
        add("a version that nobody requested", LENIENT, BAD_MESSAGE, started(message('v', "\0\3\0\2\0\0\0\0")));
        add("a version with options", LENIENT, BAD_MESSAGE, started(message('v', "\0\3\0\0\177\377\377\377")));
        add(
                "two versions",
                LENIENT,
                BAD_MESSAGE,
                started(message('v', "\0\3\0\0\0\0\0\0"), message('v', "\0\3\0\0\0\0\0\0")));
        add(
                "one version, then a refusal",
                LENIENT,
                "no_such_database: ",
                started(message('v', "\0\3\0\0\0\0\0\0"), error("3D000", "no")));
    }

    private void floods() {
        String tooMany = "not_postgresql: it sent more than 1000 messages before the session was ready";
        add("notices", LENIENT, tooMany, flooded(NOTICE));
        add("parameters", LENIENT, tooMany, flooded(PARAMETER));
        add("cancel keys", LENIENT, tooMany, flooded(message('K', "12345678")));
        add(
                "long notices",
                LENIENT,
                BAD_MESSAGE + "more than 1048576 bytes",
                flooded(message('N', "M" + "x".repeat(29_000) + "\0\0")));
        add("requests", LENIENT, "not_postgresql: ", session -> session.startup()
                .flood(CLEAR_TEXT));
        addTrusted("notices inside TLS", VERIFIED, tooMany, session -> {
            session.startup().send(CLEAR_TEXT);
            session.hear();
            session.send(OK);
            session.flood(NOTICE);
        });
        add("errors after SASL", UNVERIFIED, "no_such_database: ", session -> {
            session.startup().send(SCRAM);
            session.flood(error("3D000", "no"));
        });
        add("answers to a query", LENIENT, "not_postgresql: it sent more than", session -> {
            session.startup().send(OK, message('S', "server_version\0009.6\0"), READY);
            session.flood(NOTICE);
        });
    }

    private void contents() {
        for (String parameter : List.of("", "a", "a\0", "a\0b", "a\0b\0c", "a\0b\0c\0", "\0\0\0")) {
            add(
                    "parameter '" + parameter + "'",
                    LENIENT,
                    BAD_MESSAGE + "a parameter",
                    started(OK, message('S', parameter)));
        }
        add("no version", LENIENT, "not_postgresql: ", started(OK, READY));
        String rejected = "other: the driver rejected the login: ";
        Map.of(
                        "server_version\0garbage\0",
                        "network: ",
                        "server_version_num\0garbage\0",
                        "not_postgresql: ",
                        "client_encoding\0LATIN1\0",
                        rejected,
                        "integer_datetimes\0perhaps\0",
                        "not_postgresql: ",
                        "standard_conforming_strings\0perhaps\0",
                        rejected,
                        "DateStyle\0German\0",
                        rejected)
                .forEach((parameter, outcome) -> add("parameter " + parameter, LENIENT, outcome, session -> {
                    session.startup().send(OK, message('S', parameter), READY);
                    session.end();
                }));
        add("error without fields", LENIENT, "not_postgresql: ", started(message('E', "\0")));
        add("empty error", LENIENT, "not_postgresql: ", started(message('E', "")));
        add("error without an end", LENIENT, "credentials_refused: ", started(message('E', "SFATAL\0C28P01\0Mno")));
        add(
                "error with repeated fields",
                LENIENT,
                "no_such_database: ",
                started(message('E', "SFATAL\0Mno\0C28P01\0C3D000\0Mno\0\0")));
        add("error of 30 KB", LENIENT, "no_such_database: ", started(error("3D000", "x".repeat(29_900))));
        add("error with control characters", LENIENT, "other: ", started(error("XX000", "a\u001b[31m\r\nb\u0007")));
        add(
                "error that is not UTF-8",
                LENIENT,
                "credentials_refused: ",
                started(message('E', "SFATAL\0C28P01\0M\u00ff\u00fe\0\0")));
        add("error with an odd SQLSTATE", LENIENT, "other: ", started(error("", "no")));
    }
}
