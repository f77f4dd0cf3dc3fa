package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Setting.ValueKind;
import dev.wellhead.settings.Settings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Resolves every setting with valid and invalid values, alone and together with every other one, from each source, and
 * checks that every sentence is whole.
 */
class SentencesTest {

    private static final Map<ValueKind, List<String>> SAMPLES = Map.of(
            ValueKind.TEXT, List.of("app", "a\nb", "{\"a\":1}", "postgresql://u:p@h/d"),
            ValueKind.SENSITIVE_TEXT, List.of("pw", "a\0b"),
            ValueKind.FILE, List.of("/nope", "~/x", "relative"),
            ValueKind.FILE_OR_PEM, List.of("/nope", "system", "-----BEGIN X-----"),
            ValueKind.LIST, List.of("db", "a,,b", "a:1", "*"),
            ValueKind.PORTS, List.of("5433", "1,2", "x"),
            ValueKind.BOOLEAN, List.of("true", "yes"),
            ValueKind.INTEGER, List.of("1", "-1", "99999999999"),
            ValueKind.DURATION, List.of("45s", "0", "5", "999999d"));

    private static final String VERB =
            "(is|are|has|have|contains?|lists?|names?|sets?|requires?|cannot|can|may|must|does|do"
                    + "|was|refers|starts?|belongs?|permits?|contradicts?|contradict|apply|applies|needs?|use|uses|supports?"
                    + "|forbids?|permit|permits)";
    private static final Pattern WITH_A_VERB = Pattern.compile(".* " + VERB + "\\b.*", Pattern.DOTALL);
    private static final Pattern DOUBLED_WORD = Pattern.compile("\\b([A-Za-z]{2,}) \\1\\b");
    private static final Pattern EMPTY_SLOT = Pattern.compile(
            " {2}| [.,;:]|\\(\\)|''|, *[.,;]|\\.\\.(?!\\.)(?<!\\.\\.\\.)|\\b(is|are|has) (and|but|or|requires|needs)\\b|null|Optional");

    /** Every sentence with a place where it occurred. */
    private final Map<String, String> sentences = new TreeMap<>();

    private final Map<String, String> fixes = new TreeMap<>();

    private static List<String> samples(Setting<?> setting) {
        if (setting.kind() != ValueKind.CHOICE) {
            return SAMPLES.getOrDefault(setting.kind(), List.of());
        }
        List<String> samples = new ArrayList<>(List.of("wrong"));
        setting.choices().forEach(choice -> samples.add(SettingValues.format(choice)));
        return samples;
    }

    private void resolve(SettingsRequest request) {
        try {
            DatabaseSettings settings = SettingsResolver.resolve(request);
            settings.warnings()
                    .forEach(warning ->
                            sentences.put(warning, request.variables().toString()));
        } catch (ConfigurationException e) {
            for (Problem problem : e.problems()) {
                sentences.put(problem.message(), request.variables().toString());
                problem.fixes()
                        .forEach(fix -> fixes.put(fix, request.variables().toString()));
            }
        }
    }

    private static SettingsRequest of(Map<String, String> variables) {
        return SettingsRequest.of("default", variables);
    }

    private void resolveAll() {
        List<Setting<?>> settings = Settings.all();
        for (Setting<?> setting : settings) {
            for (String sample : samples(setting)) {
                resolve(of(Map.of(setting.variable(), sample)));
                resolve(of(Map.of("ENVIRONMENT", "production", setting.variable(), sample)));
                resolve(of(Map.of()).with(setting, sample));
                if (setting.libpqName().isPresent()) {
                    String value =
                            URLEncoder.encode(sample, StandardCharsets.UTF_8).replace("+", "%20");
                    String parameter = setting.libpqName().get() + "=" + value;
                    resolve(of(Map.of("DATABASE_URL", "postgresql://db/app?" + parameter)));
                    resolve(of(Map.of("DATABASE_URL", "postgresql://db/app?sslmode=prefer&" + parameter)));
                }
            }
        }
        for (Setting<?> first : settings) {
            for (Setting<?> second : settings) {
                if (first != second) {
                    resolvePair(first, second);
                }
            }
        }
    }

    private void resolvePair(Setting<?> first, Setting<?> second) {
        boolean choices = first.kind() == ValueKind.CHOICE && second.kind() == ValueKind.CHOICE;
        for (String left : choices ? samples(first) : List.of(samples(first).get(choiceOrFirst(first)))) {
            for (String right :
                    choices ? samples(second) : List.of(samples(second).get(choiceOrFirst(second)))) {
                resolve(of(Map.of(first.variable(), left, second.variable(), right)));
            }
        }
    }

    /** The first sample of a choice is not valid. */
    private static int choiceOrFirst(Setting<?> setting) {
        return setting.kind() == ValueKind.CHOICE ? 1 : 0;
    }

    @Test
    void sentences_ofAllCombinations_areWhole() {
        resolveAll();

        assertThat(sentences).hasSizeGreaterThan(150);
        assertThat(broken(sentences.keySet(), true)).isEmpty();
        assertThat(broken(fixes.keySet(), false)).isEmpty();
    }

    private Set<String> broken(Set<String> texts, boolean withVerb) {
        Set<String> broken = new TreeSet<>();
        for (String original : texts) {
            String text =
                    original.replaceAll("'[^']+'", "'x'").replace(" ... ", " ").replace("...", "");
            boolean whole = text.matches("(?s)(\\p{Upper}|[a-z]+[A-Za-z_.]* ).*([.?]|:password::)")
                    && !DOUBLED_WORD.matcher(text).find()
                    && !EMPTY_SLOT.matcher(text).find()
                    && (!withVerb || WITH_A_VERB.matcher(text).matches());
            if (!whole) {
                broken.add(original + "  <- " + sentences.getOrDefault(original, fixes.get(original)));
            }
        }
        return broken;
    }
}
