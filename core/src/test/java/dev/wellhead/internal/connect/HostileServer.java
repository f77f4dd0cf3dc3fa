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

/** Accepts whoever connects, waits for the first bytes, says one thing and nothing else. */
public final class HostileServer implements AutoCloseable {

    private final ServerSocket listener;
    private final byte[] says;
    private final boolean closes;
    private final List<Socket> accepted = Collections.synchronizedList(new ArrayList<>());

    private HostileServer(byte[] says, boolean closes) {
        this.says = says.clone();
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

    public static HostileServer thatSays(String text) {
        return new HostileServer(text.getBytes(StandardCharsets.ISO_8859_1), true);
    }

    public static HostileServer thatSays(byte[] bytes) {
        return new HostileServer(bytes, false);
    }

    public static HostileServer thatCloses() {
        return new HostileServer(new byte[0], true);
    }

    /** Asks for the password in clear text, and answers with one ErrorResponse. */
    public static HostileServer thatRepeats(String password) {
        byte[] error = errorResponse("28P01", "not " + password + " again", "auth_failed");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 3});
        whole.writeBytes(error);
        return new HostileServer(whole.toByteArray(), true);
    }

    /** Answers every login with one ErrorResponse, as a server of that state would. */
    public static HostileServer thatAnswers(String sqlState, String message, String routine) {
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
                // one read: closing with unread bytes would reset the connection before the answer is seen
                int count = socket.getInputStream().read(new byte[4096]);
                if (count > 0) {
                    socket.getOutputStream().write(says);
                    socket.getOutputStream().flush();
                }
                if (closes) {
                    socket.shutdownOutput();
                }
            } catch (IOException ended) {
                // the client left, or the test is over
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
