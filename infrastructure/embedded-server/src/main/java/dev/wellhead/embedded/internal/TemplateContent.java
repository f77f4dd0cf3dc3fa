package dev.wellhead.embedded.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.zip.CRC32;

/**
 * What a {@link DataTemplate} contains besides the databases that initdb creates.
 *
 * @param superuser the superuser
 * @param statements SQL that the superuser runs in the database {@code postgres}
 */
public record TemplateContent(String superuser, List<String> statements) {

    /** A database without any content. Renaming it takes a tenth of the time of {@code CREATE DATABASE}. */
    static final String SPARE_DATABASE = "wellhead_spare";

    /** The content of {@link dev.wellhead.embedded.LocalPostgres}. */
    public static final TemplateContent EMPTY =
            new TemplateContent(ServerLogins.SUPERUSER, List.of("create database " + SPARE_DATABASE));

    /** {@return a text that is different for different content} */
    String fingerprint() {
        CRC32 crc = new CRC32();
        crc.update(toString().getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
