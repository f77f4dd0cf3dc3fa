package dev.wellhead.internal.connect;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Accepts every connection, waits for the first bytes, and sends one fixed answer. */
public final class HostileServer implements AutoCloseable {

    private final ServerSocket listener;
    private final byte[] answer;
    private final boolean closes;
    private final List<Socket> accepted = Collections.synchronizedList(new ArrayList<>());

    private HostileServer(byte[] answer, boolean closes) {
        this.answer = answer.clone();
        this.closes = closes;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "hostile-server");
        thread.setDaemon(true);
        thread.start();
    }

    public static HostileServer sending(String text) {
        return new HostileServer(text.getBytes(StandardCharsets.ISO_8859_1), true);
    }

    public static HostileServer sending(byte[] bytes) {
        return new HostileServer(bytes, false);
    }

    public static HostileServer closing() {
        return new HostileServer(new byte[0], true);
    }

    /** Requests the password in clear text, and answers with an ErrorResponse that contains it. */
    public static HostileServer repeating(String password) {
        return repeating("28P01", "not " + password + " again", "auth_failed");
    }

    /** Requests the password in clear text, and answers with this ErrorResponse. */
    public static HostileServer repeating(String sqlState, String message, String routine) {
        byte[] error = errorResponse(sqlState, message, routine);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 3});
        whole.writeBytes(error);
        return new HostileServer(whole.toByteArray(), true);
    }

    /** Answers every login with one ErrorResponse. */
    public static HostileServer answering(String sqlState, String message, String routine) {
        return new HostileServer(errorResponse(sqlState, message, routine), true);
    }

    private static byte[] errorResponse(String sqlState, String message, String routine) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        field(fields, 'S', "FATAL");
        field(fields, 'C', sqlState);
        field(fields, 'M', message);
        field(fields, 'R', routine);
        fields.write(0);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(whole);
            out.writeByte('E');
            out.writeInt(fields.size() + Integer.BYTES);
            out.write(fields.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return whole.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, char kind, String text) {
        out.write(kind);
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(0);
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return listener.getLocalPort();
    }

    public int acceptedCount() {
        return accepted.size();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.add(socket);
                // closing with unread bytes would reset the connection before the client reads the answer
                int count = socket.getInputStream().read(new byte[4096]);
                if (count > 0) {
                    socket.getOutputStream().write(answer);
                    socket.getOutputStream().flush();
                }
                if (closes) {
                    socket.shutdownOutput();
                }
            } catch (IOException ended) {
                // the client closed the connection, or the test is over
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : accepted) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
