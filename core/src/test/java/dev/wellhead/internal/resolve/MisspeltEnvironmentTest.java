package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A misspelt environment is strict, and values that are missing only for that reason are not problems of their own. */
class MisspeltEnvironmentTest {

    @ParameterizedTest
    @CsvSource({"Local, local", "locl, local", "DEV, dev", "Development, development", "Test, test", "testing, test"})
    void environment_similarToOneWithDefaults_isTheOnlyProblem(String name, String meant) {
        assertThat(Resolve.problem("ENVIRONMENT=" + name))
                .containsExactly(
                        "ENVIRONMENT is '" + name + "', which is not a known environment and is therefore strict."
                                + " Did you mean '" + meant + "'?",
                        "From: environment variable ENVIRONMENT",
                        "If the name is right, set DB_HOST, DB_NAME, DB_USER and DB_PASSWORD: a strict environment has no"
                                + " defaults for the server and the credentials.");
    }

    @Test
    void environment_similarAndSomeValuesMissing_listsOnlyThose() {
        assertThat(Resolve.problem("ENVIRONMENT=Local DB_HOST=localhost DB_NAME=app"))
                .endsWith(
                        "If the name is right, set DB_USER and DB_PASSWORD: a strict environment has no defaults for the"
                                + " server and the credentials.");
    }

    @Test
    void environment_similarAndAForeignVariable_namesBoth() {
        assertThat(Resolve.problem("ENVIRONMENT=Local POSTGRES_HOST=db"))
                .startsWith("ENVIRONMENT is 'Local', which is not a known environment and is therefore strict."
                        + " Did you mean 'local'?")
                .contains("POSTGRES_HOST is set, but nothing reads it. Did you mean DB_HOST?");
    }

    /** A strict environment has no defaults either, however its name is written. */
    @Test
    void environment_similarToAStrictOne_isTheFirstProblem() {
        assertThat(Resolve.problems("ENVIRONMENT=prodution"))
                .extracting(Problem::message)
                .containsExactly(
                        "ENVIRONMENT is 'prodution', which is not a known environment and is therefore strict. Did you"
                                + " mean 'production'?",
                        "There is no host: DB_HOST is not set.",
                        "There is no database name: DB_NAME is not set.",
                        "There is no user: DB_USER is not set.",
                        "There is no password: DB_PASSWORD is not set.");
    }

    @Test
    void environment_similarAndNothingMissing_isAWarning() {
        assertThat(Resolve.settings(
                                "ENVIRONMENT=Local DB_HOST=db DB_NAME=app DB_USER=app DB_PASSWORD=pw DB_SSLROOTCERT=system")
                        .warnings())
                .containsExactly(
                        "ENVIRONMENT is 'Local', which is not a known environment and is therefore strict. Did you"
                                + " mean 'local'?");
    }

    @Test
    void environment_similarAndAWeakSslMode_isNamedInTheFix() {
        assertThat(Resolve.problem(
                        "ENVIRONMENT=Local DB_HOST=db DB_NAME=app DB_USER=app DB_PASSWORD=pw DB_SSLMODE=prefer"))
                .containsExactly(
                        "DB_SSLMODE is 'prefer', which is weaker than environment 'Local' allows.",
                        "From: environment variable DB_SSLMODE",
                        "ENVIRONMENT is 'Local', which is not a known environment and is therefore strict. Did you mean"
                                + " 'local'?",
                        "Use one of: require, verify-ca, verify-full; disable is allowed for servers on loopback.",
                        "If you vouch for the network between this program and the server, add db to DB_PLAINTEXT_HOSTS.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "prod", "staging", "sandbox"})
    void environment_strictByIntention_isNotAProblem(String name) {
        assertThat(Resolve.problems("ENVIRONMENT=" + name))
                .extracting(Problem::setting)
                .containsExactly("DB_HOST", "DB_NAME", "DB_USER", "DB_PASSWORD");
    }
}
