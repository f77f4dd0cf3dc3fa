package dev.wellhead.internal.connect;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.ReaderFallback;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which servers a reader uses besides its hosts, and how far its standbys may be behind.
 *
 * @param fallback the servers to use if no reader host can be used
 * @param maximumLag a standby that is further behind is not used; null: no limit
 */
public record ReaderRule(List<HostAndPort> fallback, @Nullable Duration maximumLag) {

    /** The rule of a pool that is not a reader. */
    public static final ReaderRule NONE = new ReaderRule(List.of(), null);

    /** {@return the rule for the reader of the database with these settings, which are complete} */
    public static ReaderRule of(DatabaseSettings settings) {
        List<HostAndPort> fallback = new ArrayList<>();
        boolean ownHosts = !settings.readerHosts().isEmpty();
        if (ownHosts && settings.get(Settings.READER_FALLBACK) == ReaderFallback.PRIMARY) {
            fallback.addAll(settings.hosts());
            fallback.removeAll(settings.readerHosts());
        }
        return new ReaderRule(
                List.copyOf(fallback), settings.find(Settings.READER_MAX_LAG).orElse(null));
    }
}
