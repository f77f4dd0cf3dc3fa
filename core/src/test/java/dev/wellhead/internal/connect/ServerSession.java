package dev.wellhead.internal.connect;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link ScriptedServer}. */
final class ServerSession {

    private static final int PAUSE_MILLIS = 20;
    private static final int TLS_REQUEST = 80877103;

    private final Socket socket;
    private final SSLContext tls;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private InputStream in;
    private OutputStream out;

    ServerSession(Socket socket, SSLContext tls) throws IOException {
        this.socket = socket;
        this.tls = tls;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    String received() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads a request for TLS, if the client sends one, accepts it, and reads the startup message. */
    ServerSession startup() throws IOException {
        if (ByteBuffer.wrap(hearStartup()).getInt() == TLS_REQUEST) {
            send(text("S"));
            encrypt();
            hearStartup();
        }
        return this;
    }

    /** Reads a message without a type; returns its content. */
    byte[] hearStartup() throws IOException {
        return read(ByteBuffer.wrap(read(Integer.BYTES)).getInt() - Integer.BYTES);
    }

    /** Reads a message; returns its content as text. */
    String hear() throws IOException {
        byte[] header = read(1 + Integer.BYTES);
        byte[] body = read(ByteBuffer.wrap(header, 1, Integer.BYTES).getInt() - Integer.BYTES);
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    /** Reads the first message of a TLS handshake. */
    void hearTls() throws IOException {
        byte[] header = read(5);
        read(((header[3] & 0xFF) << 8) + (header[4] & 0xFF));
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        received.writeBytes(bytes);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    /** Reads until the client closes the connection. */
    void drain() throws IOException {
        int next = in.read();
        while (next >= 0) {
            received.write(next);
            next = in.read();
        }
    }

    /** @param protocols what the server confirms of the client's list (ALPN) */
    void encrypt(String... protocols) throws IOException {
        SSLSocket layered = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        layered.setUseClientMode(false);
        SSLParameters parameters = layered.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        layered.setSSLParameters(parameters);
        layered.startHandshake();
        in = layered.getInputStream();
        out = layered.getOutputStream();
    }

    void send(byte[]... messages) throws IOException {
        for (byte[] message : messages) {
            out.write(message);
        }
        out.flush();
    }

    /** Sends bytes one at a time, with a pause after each. */
    void drip(byte[] bytes) throws IOException {
        for (byte one : bytes) {
            out.write(one);
            out.flush();
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends a message until the client closes the connection. */
    void flood(byte[] message) throws IOException {
        while (true) {
            send(message);
        }
    }

    /** Sends the beginning of a message and then an endless content. */
    void endless(char type, int length) throws IOException {
        send(header(type, length));
        flood(new byte[8192]);
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void end() throws IOException {
        socket.shutdownOutput();
    }

    /** Requests SCRAM and answers the client's first message. */
    void scram(long iterations, String salt) throws IOException {
        send(request(10, "SCRAM-SHA-256\0\0"));
        String first = hear();
        String nonce = first.substring(first.indexOf(",r=") + 3);
        send(request(11, "r=" + nonce + "server,s=" + salt + ",i=" + iterations));
    }

    static byte[] request(int code, String content) {
        return message(
                'R',
                new String(ByteBuffer.allocate(Integer.BYTES).putInt(code).array(), StandardCharsets.ISO_8859_1)
                        + content);
    }

    static byte[] message(char type, String content) {
        byte[] body = text(content);
        return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
                .put(header(type, Integer.BYTES + body.length))
                .put(body)
                .array();
    }

    static byte[] header(char type, int length) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) type)
                .putInt(length)
                .array();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String salt(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
