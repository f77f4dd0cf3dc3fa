package dev.wellhead.testkit;

import dev.wellhead.embedded.internal.BinaryArchive;
import dev.wellhead.embedded.internal.DataTemplate;
import dev.wellhead.embedded.internal.Installation;
import dev.wellhead.embedded.internal.OperatingSystemUser;
import dev.wellhead.embedded.internal.TemplateContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The binaries and the initial data of one version of PostgreSQL, which all its servers in this JVM share.
 *
 * @param installation the binaries
 * @param data the initial data
 */
record ServerTemplate(Installation installation, DataTemplate data) {

    private static final ConcurrentMap<Optional<Path>, ServerTemplate> TEMPLATES = new ConcurrentHashMap<>();

    /** With the password of the template, which is replaced after the start of each server. */
    private static final TemplateContent CONTENT = new TemplateContent(
            PostgresServer.SUPERUSER,
            List.of("do $$ begin execute format('create role " + PostgresServer.OWN_ROLE
                    + " superuser replication login password %L', (select rolpassword from pg_authid"
                    + " where rolname = current_user)); end $$"));

    /**
     * {@return the template, which is prepared once}
     *
     * @param jar the binaries, null for those on the class path
     */
    static ServerTemplate of(@Nullable Path jar) {
        return TEMPLATES.computeIfAbsent(
                Optional.ofNullable(jar), key -> PostgresServer.unchecked(() -> prepare(key.orElse(null))));
    }

    private static ServerTemplate prepare(@Nullable Path jar) throws IOException {
        OperatingSystemUser user = OperatingSystemUser.current();
        Installation installation =
                jar == null ? Installation.prepare(user) : Installation.prepare(user, BinaryArchive.in(jar));
        return new ServerTemplate(installation, DataTemplate.prepare(installation, CONTENT));
    }
}
