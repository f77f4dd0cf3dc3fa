package dev.wellhead.internal.pem;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes a DER element (X.690). */
final class DerWriter {

    private DerWriter() {}

    /** {@return an element with the parts as its content, one after the other} */
    static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + Integer.BYTES + 2);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] bytes = unsigned(length);
            out.write(0x80 | bytes.length);
            out.writeBytes(bytes);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] unsigned(int value) {
        byte[] bytes = BigInteger.valueOf(value).toByteArray();
        if (bytes[0] != 0) {
            return bytes;
        }
        byte[] shorter = new byte[bytes.length - 1];
        System.arraycopy(bytes, 1, shorter, 0, shorter.length);
        return shorter;
    }
}
