package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The expected results for the grammar were compared with psql 15. */
class ServiceFileTest {

    private static final String HOW =
            "Define it in one of these files, name a file with PGSERVICEFILE, or remove PGSERVICE.";

    @TempDir
    Path home;

    private final Problems problems = new Problems();

    private List<String> read(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("PGSERVICE", "app"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return ServiceFile.read(environment, problems).stream()
                .map(value -> value.setting().name() + "=" + value.text().reveal() + " @ "
                        + value.origin().description())
                .toList();
    }

    private List<String> readHome(String content) throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), content);
        return read("HOME", home.toString());
    }

    static Stream<Arguments> grammar() {
        return Stream.of(
                arguments("[app]\nhost=db\n", List.of("host=db @ ~/.pg_service.conf:2")),
                arguments("[app]\r\nhost=db\r\n", List.of("host=db @ ~/.pg_service.conf:2")),
                arguments("\n# c\n  [app]\n\t host=db \t\n", List.of("host=db @ ~/.pg_service.conf:4")),
                arguments("[app]", List.of()),
                arguments("[app] and more\nhost=db", List.of("host=db @ ~/.pg_service.conf:2")),
                arguments("[a]\nhost=a\n[app]\nhost=db\n[b]\nhost=b", List.of("host=db @ ~/.pg_service.conf:4")),
                arguments("[a]\nno parameter\n[app]\nhost=db", List.of("host=db @ ~/.pg_service.conf:4")),
                arguments("[app]\npassword=a=b #c\n", List.of("password=a=b #c @ ~/.pg_service.conf:2")),
                arguments("[app]\npassword='x'\n", List.of("password='x' @ ~/.pg_service.conf:2")),
                arguments("[app]\nconnect_timeout=3", List.of("connectTimeout=3s @ ~/.pg_service.conf:2")),
                arguments(
                        "[app]\nhost=a,b\nport=,2",
                        List.of("host=a,b @ ~/.pg_service.conf:2", "port=5432,2 @ ~/.pg_service.conf:3")),
                arguments("[app]\nuser=ünï", List.of("user=ünï @ ~/.pg_service.conf:2")));
    }

    @ParameterizedTest
    @MethodSource("grammar")
    void read_service_returnsTheValuesLibpqReads(String content, List<String> expected) throws IOException {
        assertThat(readHome(content)).isEqualTo(expected);
        assertThat(problems.all()).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(
                        "[app]\ns3cr3t",
                        "The line has no '=', so it is not a parameter.",
                        2,
                        "Write name=value, or start it with # or [."),
                arguments(
                        "[app]\npassword = s3cr3t",
                        "The line has a blank around '=', which libpq reads as part of the name or the value.",
                        2,
                        "Write name=value without blanks."),
                arguments(
                        "[app]\npassword= s3cr3t",
                        "The line has a blank around '=', which libpq reads as part of the name or the value.",
                        2,
                        "Write name=value without blanks."),
                arguments(
                        "[app]\npasword=s3cr3t",
                        "The line sets pasword, which is not a parameter of libpq.",
                        2,
                        "Did you mean password?"),
                arguments(
                        "[app]\npassword=x\nsecret=x",
                        "The line sets an unknown parameter, which libpq also rejects.",
                        3,
                        "Use the parameters of libpq."),
                arguments(
                        "[app]\npgbouncer=true",
                        "The line sets pgbouncer, which is not a parameter of libpq.",
                        2,
                        "Set DB_POOLER=pgbouncer, and leave pgbouncer out of the file."),
                arguments(
                        "[app]\nuser=a\npassword=x\npassword=s3cr3t",
                        "password is set twice, first in line 3.",
                        4,
                        "Keep one of them."),
                arguments("[app]\nhost=", "host has no value, so it has no effect.", 2, "Remove the line."),
                arguments(
                        "[app]\nservice=other",
                        "service is not supported: a service is selected only by the environment.",
                        2,
                        "Set PGSERVICE; a service cannot name another one."),
                arguments(
                        "[app]\nldap://h/s3cr3t",
                        "The service is defined in LDAP, which Wellhead does not support.",
                        2,
                        "Write the parameters here."),
                arguments(
                        "[app]\nconnect_timeout=s3cr3t",
                        "connect_timeout is not a whole number of seconds.",
                        2,
                        "Write seconds in plain digits, without a unit, such as 10."),
                arguments(
                        "[app]\nhost=a\n[app]\nhost=b",
                        "The service is defined twice, first in line 1.",
                        3,
                        "Keep one of them."));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void read_mistake_addsAProblemWithLineAndWithoutValues(String content, String message, int line, String fix)
            throws IOException {
        readHome(content);

        assertThat(problems.all())
                .containsExactly(Problem.of(
                        ProblemCode.INVALID_SERVICE,
                        "PGSERVICE",
                        message,
                        List.of(new Origin.LibpqFile("~/.pg_service.conf", line)),
                        List.of(fix)));
    }

    @Test
    void read_noService_readsNoFile() {
        assertThat(ServiceFile.read(Map.of("HOME", home.toString(), "PGSERVICE", " "), problems))
                .isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void read_undefinedService_namesTheFilesAndTheNearest() throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), "[apps]\nhost=a\n");
        Path system = Files.createDirectory(home.resolve("etc"));

        read("HOME", home.toString(), "PGSYSCONFDIR", system.toString());

        assertThat(problems.all())
                .containsExactly(new Problem(
                        ProblemCode.INVALID_SERVICE,
                        "PGSERVICE",
                        "PGSERVICE names a service that is not defined.",
                        List.of(),
                        List.of(
                                new Problem.CheckedPlace("~/.pg_service.conf", "does not define it"),
                                new Problem.CheckedPlace(
                                        system.resolve("pg_service.conf").toString(), "does not exist")),
                        List.of("Did you mean 'apps'?", HOW)));
    }

    @Test
    void read_noFileToCheck_isAProblem() {
        read();

        assertThat(problems.all())
                .containsExactly(new Problem(
                        ProblemCode.INVALID_SERVICE,
                        "PGSERVICE",
                        "PGSERVICE names a service that is not defined.",
                        List.of(),
                        List.of(
                                new Problem.CheckedPlace("HOME", "not set"),
                                new Problem.CheckedPlace("PGSERVICEFILE", "not set"),
                                new Problem.CheckedPlace("PGSYSCONFDIR", "not set")),
                        List.of(HOW)));
    }

    @Test
    void read_serviceFileVariable_isReadInPlaceOfTheHomeDirectory() throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), "[app]\nhost=a\n");
        Path file = Files.writeString(home.resolve("other"), "[app]\nhost=b\n");

        assertThat(read("HOME", home.toString(), "PGSERVICEFILE", file.toString()))
                .containsExactly("host=b @ ~/other:2");
    }

    @Test
    void read_serviceMissingInTheUsersFile_isReadFromTheSystemDirectory() throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), "[b]\nhost=a\n");
        Path system = Files.createDirectory(home.resolve("etc"));
        Path file = Files.writeString(system.resolve("pg_service.conf"), "[app]\nhost=b\n");

        assertThat(read("HOME", home.toString(), "PGSYSCONFDIR", system.toString()))
                .containsExactly("host=b @ " + file + ":2");
    }

    @Test
    void read_serviceFileVariableWithoutFile_isAProblem() {
        Path file = home.resolve("none");

        read("PGSERVICEFILE", file.toString());

        assertThat(problems.all())
                .containsExactly(Problem.of(
                        ProblemCode.INVALID_SERVICE,
                        "PGSERVICEFILE",
                        "PGSERVICEFILE names " + file + ", which does not exist.",
                        List.of(Origin.Variable.ofLibpq("PGSERVICEFILE")),
                        List.of("Create the file, or correct the path.")));
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments(
                        "is not UTF-8 text",
                        "Save it as UTF-8.",
                        "[app]\nuser=\u00fc".getBytes(StandardCharsets.ISO_8859_1)),
                arguments("is larger than 1 MiB", "Name the right file, or make it smaller.", new byte[(1 << 20) + 1]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void read_unreadableFile_isAProblem(String reason, String fix, byte[] content) throws IOException {
        Files.write(home.resolve(".pg_service.conf"), content);

        read("HOME", home.toString());

        assertThat(problems.all())
                .containsExactly(Problem.of(
                        ProblemCode.INVALID_SERVICE,
                        "PGSERVICE",
                        "The service file " + reason + ".",
                        List.of(new Origin.LibpqFile("~/.pg_service.conf", 0)),
                        List.of(fix)));
    }
}
