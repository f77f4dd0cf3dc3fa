package dev.wellhead.internal.resolve;

import dev.wellhead.internal.pem.PemBlocks;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.MigrationSettings;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.LoadBalanceHosts;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Profile;
import dev.wellhead.settings.ReaderFallback;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of all sources, ranked by precedence per setting. Changed only while settings are decided. */
final class RankedValues {

    /** Settings of type text in which a URL or a connection string is a mistake that could show a password. */
    private static final Set<Setting<?>> NEVER_A_URL = Set.of(
            Settings.NAME,
            Settings.USER,
            Settings.SECRET_ID,
            Settings.IAM_HOST,
            Settings.APPLICATION_NAME,
            Settings.POOL_NAME,
            Settings.SSLROOTCERT,
            Settings.SSLCRL,
            Settings.SSLCRLDIR,
            Settings.SSLCERT,
            Settings.SSLKEY,
            Settings.PASSWORD_FILE,
            Settings.SECRET_FILE,
            Settings.PASSFILE);

    /** Names that appear in the names of threads, in JMX and in the server's views. */
    private static final Set<Setting<?>> NAMES = Set.of(Settings.APPLICATION_NAME, Settings.POOL_NAME);

    private static final String NOT_VALID = "<not valid>";

    private final Catalogue catalogue;
    private final Map<Setting<?>, Entry> entries = new HashMap<>(128);

    /** The properties of the driver that have a value, in alphabetical order; they are not in the catalogue. */
    private final List<Setting<?>> driverProperties = new ArrayList<>(0);

    RankedValues(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Adds a value below the values of the same kind or of a stronger kind. */
    void add(RawValue raw) {
        Entry entry = entries.get(raw.setting());
        if (entry != null) {
            entry.rank(raw);
            return;
        }
        entries.put(raw.setting(), new Entry(raw));
        if (raw.setting().driverProperty().isPresent()) {
            driverProperties.add(raw.setting());
            driverProperties.sort(Comparator.comparing(Setting::name));
        }
    }

    /** {@return the catalogue, and the properties of the driver that have a value} */
    List<Setting<?>> settings() {
        if (driverProperties.isEmpty()) {
            return catalogue.settings();
        }
        List<Setting<?>> settings = new ArrayList<>(catalogue.settings());
        settings.addAll(driverProperties);
        return settings;
    }

    List<Setting<?>> driverProperties() {
        return List.copyOf(driverProperties);
    }

    /** Adds the defaults of the catalogue. */
    void addDefaults(Environment environment) {
        Origin general = new Origin.DefaultOf(null);
        Origin ofEnvironment = new Origin.DefaultOf(environment.name());
        for (Setting<?> setting : catalogue.settings()) {
            Setting<?> definition = catalogue.definition(setting);
            Optional<String> text = definition.defaultIn(environment.profile());
            if (text.isPresent()) {
                boolean everywhere = definition.defaultIn(Profile.STRICT).isPresent();
                add(RawValue.of(setting, text.get(), everywhere ? general : ofEnvironment));
            }
        }
    }

    /** Adds a value above all others, whatever its kind. */
    void override(RawValue raw) {
        Entry entry = new Entry(raw);
        Entry before = entries.put(raw.setting(), entry);
        if (before != null) {
            entry.ranked.addAll(before.ranked);
        }
    }

    /** Marks the strongest value as invalid after {@link #parse}, so that it is neither used nor shown. */
    void invalidate(Setting<?> setting) {
        Entry entry = entries.get(setting);
        if (entry != null) {
            entry.value = null;
        }
    }

    /** Removes the value of a setting if it is a default. */
    void removeDefault(Setting<?> setting) {
        if (!isConfigured(setting)) {
            remove(setting);
        }
    }

    /** Removes every value of a setting. */
    void remove(Setting<?> setting) {
        entries.remove(setting);
    }

    /** Parses the strongest value of each setting; adds a problem for each value that is invalid. */
    void parse(Problems problems) {
        for (Setting<?> setting : settings()) {
            Entry entry = entries.get(setting);
            if (entry != null && entry.value == null) {
                entry.value = parse(entry.ranked.get(0), problems);
            }
        }
    }

    private @Nullable Object parse(RawValue winner, Problems problems) {
        String text = winner.text().reveal();
        // only a URL can set the empty password of a key
        boolean mayBeEmpty = winner.setting() == Settings.SSLPASSWORD && text.isEmpty();
        if (text.isBlank() && !mayBeEmpty) {
            problems.add(ProblemCode.INVALID_VALUE, winner, winner.key() + " is blank.", "Set it or leave it out.");
            return null;
        }
        Setting<?> setting = replaced(winner.setting());
        if (isNeverAUrl(winner.setting(), setting) && SafeText.mayHoldPassword(text) && !PemBlocks.isIn(text)) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    winner,
                    winner.key() + " contains a URL or a connection string.",
                    "Set the URL of a " + catalogue.noun() + " as " + catalogue.urlVariable() + ", and only the "
                            + winner.setting().name() + " here.");
            return null;
        }
        if (NAMES.contains(winner.setting()) && !SafeText.isSafe(text)) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    winner,
                    winner.key() + " has a control character, an invisible character or more than " + SafeText.LONGEST
                            + " characters.",
                    "Write a short name of visible characters.");
            return null;
        }
        try {
            return SettingValues.parse(setting, text);
        } catch (InvalidValueException e) {
            problems.add(ProblemCode.INVALID_VALUE, winner, winner.keyIs() + " " + e.getMessage() + ".", e.fixes());
            return null;
        }
    }

    /** Every text that only another catalogue has is a name. Its other settings are those of databases. */
    private boolean isNeverAUrl(Setting<?> setting, Setting<?> replaced) {
        return NEVER_A_URL.contains(setting)
                || NEVER_A_URL.contains(replaced)
                || (!catalogue.isOfDatabases() && setting == replaced && setting.kind() == Setting.ValueKind.TEXT);
    }

    /** {@return the setting whose rules apply} The class is loaded only if something is set for migrations. */
    private Setting<?> replaced(Setting<?> setting) {
        return setting.name().startsWith(MigrationSettings.PREFIX)
                ? MigrationSettings.replacedBy(setting)
                : catalogue.definition(setting);
    }

    /** Adds a value after {@link #parse}, and parses it if it is the strongest. */
    void addLate(RawValue raw, Problems problems) {
        add(raw);
        parseAgain(raw.setting(), problems);
    }

    /** Adds a value that is computed from other settings and overrides every source. */
    void derive(Setting<?> setting, String text, Origin origin, Problems problems) {
        override(RawValue.of(setting, text, origin));
        parseAgain(setting, problems);
    }

    private void parseAgain(Setting<?> setting, Problems problems) {
        Entry entry = Objects.requireNonNull(entries.get(setting));
        entry.value = parse(entry.ranked.get(0), problems);
    }

    /** {@return the value; {@code null} if there is none or if the strongest one is invalid} */
    @SuppressWarnings("unchecked") // parse() created the value for this setting
    <T> @Nullable T get(Setting<T> setting) {
        Entry entry = entries.get(setting);
        return entry == null ? null : (T) entry.value;
    }

    /** {@return whether every setting has the same value, including the sensitive ones} */
    boolean haveSameValuesAs(RankedValues other) {
        for (Setting<?> setting : settings()) {
            if (!Objects.equals(get(setting), other.get(setting))) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether there is a value, valid or not} */
    boolean isSet(Setting<?> setting) {
        return entries.containsKey(setting);
    }

    /** {@return whether a source stronger than the defaults has a value} */
    boolean isConfigured(Setting<?> setting) {
        Entry entry = entries.get(setting);
        return entry != null && entry.ranked.get(0).origin().kind().compareTo(Origin.Kind.DEFAULT) < 0;
    }

    /** {@return the strongest value, or {@code null}} */
    @Nullable
    RawValue winner(Setting<?> setting) {
        Entry entry = entries.get(setting);
        return entry == null ? null : entry.ranked.get(0);
    }

    /** {@return a copy for the reader: with the reader's hosts and ports, read-only, and with standbys preferred} */
    RankedValues forReader(String poolName) {
        RankedValues copy = new RankedValues(catalogue);
        copy.driverProperties.addAll(driverProperties);
        for (Map.Entry<Setting<?>, Entry> entry : entries.entrySet()) {
            copy.entries.put(entry.getKey(), new Entry(entry.getValue()));
        }
        boolean ownHosts = isSet(Settings.READER_HOST);
        copy.replace(Settings.HOST, Settings.READER_HOST);
        copy.replace(Settings.PORT, Settings.READER_PORT);
        Origin origin = new Origin.Derived(
                ownHosts ? "follows from " + Settings.READER_HOST.name() : "connections of the reader only read");
        Problems none = new Problems();
        boolean onlyStandbys = get(Settings.READER_FALLBACK) == ReaderFallback.NONE;
        TargetServerType target = onlyStandbys ? TargetServerType.STANDBY : TargetServerType.PREFER_STANDBY;
        copy.derive(
                Settings.TARGET_SERVER_TYPE,
                target.value(),
                onlyStandbys ? new Origin.Derived("follows from " + Settings.READER_FALLBACK.name()) : origin,
                none);
        if (!ownHosts && !isConfigured(Settings.MINIMUM_IDLE)) {
            copy.derive(Settings.MINIMUM_IDLE, "0", origin, none);
        }
        if (!isConfigured(Settings.LOAD_BALANCE_HOSTS)) {
            copy.derive(Settings.LOAD_BALANCE_HOSTS, LoadBalanceHosts.RANDOM.value(), origin, none);
        }
        copy.derive(Settings.READ_ONLY, "true", origin, none);
        copy.derive(Settings.POOL_NAME, poolName, origin, none);
        return copy;
    }

    private void replace(Setting<?> setting, Setting<?> source) {
        Entry entry = entries.remove(source);
        if (entry != null) {
            entries.put(setting, entry);
        }
    }

    /** {@return every setting that has a valid value, in the order of the catalogue} */
    List<ResolvedSetting> explain() {
        List<ResolvedSetting> all = new ArrayList<>();
        for (Setting<?> setting : settings()) {
            Optional<ResolvedSetting> resolved = explain(setting);
            if (resolved.isPresent()) {
                all.add(resolved.get());
            }
        }
        return List.copyOf(all);
    }

    Optional<ResolvedSetting> explain(Setting<?> setting) {
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

    /**
     * {@return the value in its canonical form} An overridden value may be anything, so it is shown only if it is
     * valid.
     */
    private String shown(RawValue raw) {
        if (raw.setting().isSensitive()) {
            return raw.text().toString();
        }
        try {
            Object value =
                    SettingValues.parse(replaced(raw.setting()), raw.text().reveal());
            if (HostSyntax.isHost(raw.setting()) && !HostSyntax.areValid((List<?>) value)) {
                return NOT_VALID;
            }
            return SafeText.listed(SettingValues.format(value));
        } catch (InvalidValueException e) {
            return NOT_VALID;
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
