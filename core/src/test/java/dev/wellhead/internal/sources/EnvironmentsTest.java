package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentsTest {

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("local", Profile.LOCAL),
                arguments("dev", Profile.LOCAL),
                arguments("development", Profile.LOCAL),
                arguments("test", Profile.TEST),
                arguments("ci", Profile.TEST),
                arguments("production", Profile.STRICT),
                arguments("staging", Profile.STRICT),
                arguments("prodution", Profile.STRICT),
                arguments("Local", Profile.STRICT),
                arguments("local ", Profile.STRICT),
                arguments("lcoal", Profile.STRICT),
                arguments("TEST", Profile.STRICT));
    }

    @ParameterizedTest
    @MethodSource("names")
    void environment_named_hasItsProfile(String name, Profile profile) {
        Environment environment = Environments.of(Map.of("ENVIRONMENT", name), new Problems(), new ArrayList<>());

        assertThat(environment).isEqualTo(new Environment(name, profile));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void environment_blank_isLocal(String blank) {
        assertThat(Environments.of(Map.of("ENVIRONMENT", blank), new Problems(), new ArrayList<>()))
                .isEqualTo(new Environment("local", Profile.LOCAL));
    }

    @Test
    void environment_absent_isLocal() {
        assertThat(Environments.of(Map.of(), new Problems(), new ArrayList<>()))
                .isEqualTo(new Environment("local", Profile.LOCAL));
    }

    static Stream<Arguments> misspelt() {
        return Stream.of(
                arguments("lcoal", "'lcoal'", "local"),
                arguments("Local", "'Local'", "local"),
                arguments("developement", "'developement'", "development"),
                arguments("locl", "'locl'", "local"),
                arguments("local ", "'local '", "local"),
                arguments("TEST", "'TEST'", "test"),
                arguments("testing", "'testing'", "test"),
                arguments("develop", "'develop'", "development"),
                arguments("prodution", "'prodution'", "production"));
    }

    @ParameterizedTest
    @MethodSource("misspelt")
    void environment_similarToAKnownName_warnsThatItIsStrict(String name, String shown, String nearest) {
        List<String> warnings = new ArrayList<>();

        Environments.of(Map.of("ENVIRONMENT", name), new Problems(), warnings);

        assertThat(warnings)
                .containsExactly("ENVIRONMENT is " + shown
                        + ", which is not a known environment and is therefore strict. Did you mean '" + nearest
                        + "'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "production",
                "PRODUCTION",
                "prod",
                "PROD",
                "staging",
                "uat",
                "qa",
                "dr",
                "demo",
                "sandbox",
                "eu-west-1"
            })
    void environment_strictByIntention_warnsOfNothing(String name) {
        List<String> warnings = new ArrayList<>();

        Environments.of(Map.of("ENVIRONMENT", name), new Problems(), warnings);

        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\0b",
                "local\nhunter2",
                "lo\tcal",
                "postgres://u:hunter2@h/d",
                "password=hunter2",
                "{\"password\":\"hunter2\"}",
                " {password:hunter2}",
                "eyJwYXNzd29yZCI6Imh1bnRlcjIifQ=="
            })
    void environment_invalidName_isRejectedAndNotShown(String name) {
        Problems problems = new Problems();

        assertThat(Environments.of(Map.of("ENVIRONMENT", name), problems, new ArrayList<>()))
                .isEqualTo(new Environment("unknown", Profile.STRICT));
        assertThat(problems.all())
                .extracting(Problem::message)
                .containsExactly("ENVIRONMENT is not the name of an environment.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "production"   | ENVIRONMENT is in quotes, which are part of the value.
            'local'        | ENVIRONMENT is in quotes, which are part of the value.
            production\\n  | ENVIRONMENT ends in a line break.
            local\\r       | ENVIRONMENT ends in a line break.
            """,
            quoteCharacter = '`')
    void environment_withQuotesOrALineBreak_isRejectedWithThatReason(String name, String message) {
        Problems problems = new Problems();

        Environments.of(Map.of("ENVIRONMENT", name.translateEscapes()), problems, new ArrayList<>());

        assertThat(problems.all()).extracting(Problem::message).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ENVIROMENT=production | ENVIROMENT is set, but nothing reads it. Did you mean ENVIRONMENT?
            ENVIRONEMNT=x         | ENVIRONEMNT is set, but nothing reads it. Did you mean ENVIRONMENT?
            environment=prod      | environment is set, but nothing reads it. Did you mean ENVIRONMENT?
            ENV=production        | ENV is 'production', but Wellhead does not read it: ENVIRONMENT is not set, so the rules of environment 'local' apply. Did you mean ENVIRONMENT?
            APP_ENV=Prod          | APP_ENV is 'prod', but Wellhead does not read it: ENVIRONMENT is not set, so the rules of environment 'local' apply. Did you mean ENVIRONMENT?
            NODE_ENV=production   | NODE_ENV is 'production', but Wellhead does not read it: ENVIRONMENT is not set, so the rules of environment 'local' apply. Did you mean ENVIRONMENT?
            SPRING_PROFILES_ACTIVE=metrics,staging | SPRING_PROFILES_ACTIVE is 'staging', but Wellhead does not read it: ENVIRONMENT is not set, so the rules of environment 'local' apply. Did you mean ENVIRONMENT?
            """)
    void environment_inAnotherVariable_warnsIfItIsNotSet(String variable, String warning) {
        Map<String, String> variables = new HashMap<>(Resolve.environment(variable));

        assertThat(Resolve.settings(variable).warnings()).containsExactly(warning);
        variables.put("ENVIRONMENT", "local");
        assertThat(Resolve.settings(SettingsRequest.of("default", variables)).warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ENV=local",
                "ENV=/etc/profile",
                "NODE_ENV=development",
                "SPRING_PROFILES_ACTIVE=dev",
                "APP_ENV=test",
                "ENVIRONMENTS_FILE=production",
                "STAGE=build",
                "ENVIROMENT="
            })
    void environment_ofAnotherProgramThatIsNotStrict_warnsOfNothing(String variable) {
        assertThat(Resolve.settings(variable).warnings()).isEmpty();
    }
}
