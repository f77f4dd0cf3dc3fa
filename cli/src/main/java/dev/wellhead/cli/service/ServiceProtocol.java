package dev.wellhead.cli.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The protocols of the services, and the smallest request to which a server of the protocol answers. */
enum ServiceProtocol {
    REDIS("Redis"),
    HTTP("HTTP"),
    /** HTTP/2 without negotiation, as gRPC uses it. */
    GRPC("gRPC"),
    AMQP("AMQP"),
    POSTGRESQL("PostgreSQL"),
    /** Recognised in answers only. */
    TLS("TLS");

    /** The preface of a client and empty settings. Source: RFC 9113, sections 3.4 and 6.5. */
    private static final String HTTP2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

    /** Source: AMQP 0-9-1, section 4.2.2. */
    private static final String AMQP_HEADER = "AMQP\0\0\11\1";

    /** Source: PostgreSQL documentation, "Message Formats", SSLRequest. */
    private static final int SSL_REQUEST = 80_877_103;

    private final String title;

    ServiceProtocol(String title) {
        this.title = title;
    }

    /** {@return the request; it contains no credentials} */
    byte[] request(ServiceAddress address) {
        return switch (this) {
            case REDIS -> bytes("*1\r\n$4\r\nPING\r\n");
            case HTTP ->
                bytes((address.isBucket() ? "HEAD " : "GET ") + address.path() + " HTTP/1.1\r\nHost: "
                        + address.hostHeader()
                        + "\r\nUser-Agent: wellhead\r\nAccept: */*\r\nConnection: close\r\n\r\n");
            case GRPC -> bytes(HTTP2_PREFACE);
            case AMQP -> bytes(AMQP_HEADER);
            case POSTGRESQL ->
                ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array();
            case TLS -> new byte[0];
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** {@return the name of the protocol in messages} */
    @Override
    public String toString() {
        return title;
    }
}
