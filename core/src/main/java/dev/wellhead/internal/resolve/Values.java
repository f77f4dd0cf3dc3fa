package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every source says, ranked per setting, with the winners as values. Filled while resolving, then only read. */
public final class Values {

    private final Map<Setting<?>, Entry> entries = new HashMap<>(128);

    /** Ranks a value below those of the same or a stronger kind of source. */
    public void add(RawValue raw) {
        Entry entry = entries.get(raw.setting());
        if (entry == null) {
            entries.put(raw.setting(), new Entry(raw));
        } else {
            entry.rank(raw);
        }
    }

    /** Puts a value above all others, whatever its kind. */
    public void override(RawValue raw) {
        Entry entry = new Entry(raw);
        Entry before = entries.put(raw.setting(), entry);
        if (before != null) {
            entry.ranked.addAll(before.ranked);
        }
    }

    /** Takes a setting out: what it says does not count. */
    public void remove(Setting<?> setting) {
        entries.remove(setting);
    }

    /** Turns the winners into values; adds a problem for each that is none. */
    public void parse(Problems problems) {
        for (Setting<?> setting : Settings.all()) {
            Entry entry = entries.get(setting);
            if (entry != null && entry.value == null) {
                entry.value = parse(entry.ranked.get(0), problems);
            }
        }
    }

    private static @Nullable Object parse(RawValue winner, Problems problems) {
        if (winner.text().reveal().isBlank()) {
            problems.add(ProblemCode.INVALID_VALUE, winner, winner.key() + " is blank.", "Set it or leave it out.");
            return null;
        }
        if (isMisplaced(winner)) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    winner,
                    winner.key() + " holds a URL or a connection string.",
                    "Set the URL of a database as DATABASE_URL, and here the "
                            + winner.setting().name() + " alone.");
            return null;
        }
        try {
            return winner.setting().type().parse(winner.text().reveal());
        } catch (InvalidValueException e) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    winner,
                    winner.keyIs() + " " + e.getMessage() + ".",
                    e.fixes().toArray(new String[0]));
            return null;
        }
    }

    /** To libpq such a database name means the URL; anywhere else it is a slip that would show a password. */
    private static boolean isMisplaced(RawValue raw) {
        Setting<?> setting = raw.setting();
        boolean text = setting == Settings.NAME
                || setting == Settings.USER
                || setting == Settings.SECRET_ID
                || setting == Settings.APPLICATION_NAME
                || setting == Settings.POOL_NAME
                || setting == Settings.SSLROOTCERT
                || setting == Settings.PASSWORD_FILE
                || setting == Settings.PASSFILE;
        return text && SafeText.mayHoldPassword(raw.text().reveal());
    }

    /** Ranks a value that was found late, and makes it the value where it wins. */
    public void addLate(RawValue raw, Problems problems) {
        add(raw);
        Entry entry = Objects.requireNonNull(entries.get(raw.setting()));
        entry.value = parse(entry.ranked.get(0), problems);
    }

    /** Adds a value that follows from others and overrides what is there. */
    public void derive(Setting<?> setting, String text, Origin origin, Problems problems) {
        override(new RawValue(setting, Sensitive.of(text), origin));
        Entry entry = Objects.requireNonNull(entries.get(setting));
        entry.value = parse(entry.ranked.get(0), problems);
    }

    /** {@return the value, or {@code null} where nothing sets it or what sets it is no value} */
    @SuppressWarnings("unchecked") // parse() of the setting's own type made the value
    public <T> @Nullable T get(Setting<T> setting) {
        Entry entry = entries.get(setting);
        return entry == null ? null : (T) entry.value;
    }

    /** {@return whether anything says something, valid or not} */
    public boolean isSet(Setting<?> setting) {
        return entries.containsKey(setting);
    }

    /** {@return whether something above the defaults says something} */
    public boolean isConfigured(Setting<?> setting) {
        Entry entry = entries.get(setting);
        return entry != null && entry.ranked.get(0).origin().kind().compareTo(Origin.Kind.DEFAULT) < 0;
    }

    /** {@return what won} */
    @Nullable
    public RawValue winner(Setting<?> setting) {
        Entry entry = entries.get(setting);
        return entry == null ? null : entry.ranked.get(0);
    }

    /** {@return a copy that asks standbys for read-only sessions of the reader's hosts} */
    public Values forReader(String poolName) {
        Values copy = new Values();
        for (Map.Entry<Setting<?>, Entry> entry : entries.entrySet()) {
            copy.entries.put(entry.getKey(), new Entry(entry.getValue()));
        }
        copy.take(Settings.HOST, Settings.READER_HOST);
        copy.take(Settings.PORT, Settings.READER_PORT);
        Origin origin = new Origin.Derived("follows from " + Settings.READER_HOST.name());
        Problems none = new Problems();
        copy.derive(Settings.TARGET_SERVER_TYPE, TargetServerType.PREFER_STANDBY.value(), origin, none);
        copy.derive(Settings.READ_ONLY, "true", origin, none);
        copy.derive(Settings.POOL_NAME, poolName, origin, none);
        return copy;
    }

    private void take(Setting<?> setting, Setting<?> from) {
        Entry entry = entries.remove(from);
        if (entry != null) {
            entries.put(setting, entry);
        }
    }

    /** {@return every setting that has a value, in the order of the catalogue} */
    public List<ResolvedSetting> explain() {
        List<ResolvedSetting> all = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            Optional<ResolvedSetting> resolved = explain(setting);
            if (resolved.isPresent()) {
                all.add(resolved.get());
            }
        }
        return List.copyOf(all);
    }

    public Optional<ResolvedSetting> explain(Setting<?> setting) {
        Entry entry = entries.get(setting);
        if (entry == null || entry.value == null) {
            return Optional.empty();
        }
        List<ResolvedSetting.Shadowed> shadowed = new ArrayList<>(entry.ranked.size() - 1);
        for (RawValue raw : entry.ranked.subList(1, entry.ranked.size())) {
            shadowed.add(new ResolvedSetting.Shadowed(shown(raw), raw.origin()));
        }
        RawValue winner = entry.ranked.get(0);
        return Optional.of(new ResolvedSetting(setting.name(), shown(winner), winner.origin(), shadowed));
    }

    private static String shown(RawValue raw) {
        return raw.setting().isSensitive()
                ? raw.text().toString()
                : shown(raw.setting(), raw.text().reveal());
    }

    /** A loser may be anything; only what its type accepts is shown. */
    private static <T> String shown(Setting<T> setting, String text) {
        try {
            return SafeText.listed(setting.type().format(setting.type().parse(text)));
        } catch (InvalidValueException e) {
            return "<not valid>";
        }
    }

    private static final class Entry {

        private final List<RawValue> ranked = new ArrayList<>(2);
        private @Nullable Object value;

        Entry(RawValue first) {
            ranked.add(first);
        }

        Entry(Entry other) {
            ranked.addAll(other.ranked);
            value = other.value;
        }

        void rank(RawValue raw) {
            int at = ranked.size();
            while (at > 0
                    && ranked.get(at - 1).origin().kind().compareTo(raw.origin().kind()) > 0) {
                at--;
            }
            ranked.add(at, raw);
        }
    }
}
