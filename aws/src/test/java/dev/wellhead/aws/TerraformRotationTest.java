package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rotation function of the cache, with Python and a module boto3 that keeps secrets and users in memory. */
class TerraformRotationTest {

    private static final String BOTO3 =
            """
            import json


            class NotFound(Exception):
                pass


            class Secrets:
                class exceptions:
                    ResourceNotFoundException = NotFound

                values = {"first": json.dumps({"username": "prod-app", "user_arn": "arn:user"})}
                stages = {"first": ["AWSCURRENT"]}
                generated = 0

                def describe_secret(self, SecretId):
                    return {"VersionIdsToStages": {version: list(names) for version, names in self.stages.items()}}

                def get_secret_value(self, SecretId, VersionStage, VersionId=None):
                    for version, names in self.stages.items():
                        if VersionStage in names and VersionId in (None, version) and version in self.values:
                            return {"SecretString": self.values[version]}
                    raise NotFound()

                def get_random_password(self, PasswordLength, ExcludePunctuation):
                    assert ExcludePunctuation and 16 <= PasswordLength <= 128
                    Secrets.generated += 1
                    return {"RandomPassword": "password-%d" % Secrets.generated}

                def put_secret_value(self, SecretId, ClientRequestToken, SecretString, VersionStages):
                    self.values[ClientRequestToken] = SecretString
                    self.stages[ClientRequestToken] = VersionStages

                def update_secret_version_stage(self, SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId):
                    self.stages[RemoveFromVersionId].remove(VersionStage)
                    self.stages[MoveToVersionId].append(VersionStage)


            class Cache:
                mode = {"Type": "iam"}
                states = []

                def describe_users(self, UserId):
                    assert UserId == "prod-app"
                    return {"Users": [{"Status": Cache.states.pop(0) if Cache.states else "active"}]}

                def modify_user(self, UserId, AuthenticationMode):
                    assert UserId == "prod-app" and not Cache.states
                    Cache.mode = AuthenticationMode
                    Cache.states = ["modifying", "modifying"]


            def client(service):
                return {"secretsmanager": Secrets, "elasticache": Cache}[service]()
            """;

    private static final String PROGRAM =
            """
            import json
            import boto3
            import rotation

            rotation.SECONDS_BETWEEN_REQUESTS = 0


            def run(token, step, secret="arn:secret"):
                rotation.handler({"SecretId": secret, "ClientRequestToken": token, "Step": step}, None)


            def rotate(token):
                boto3.Secrets.stages[token] = ["AWSPENDING"]
                for step in rotation.STEPS:
                    run(token, step)
                    # Secrets Manager repeats a step after a failure
                    run(token, step)


            def refused(*arguments):
                try:
                    run(*arguments)
                except ValueError as refusal:
                    return str(refusal)
                raise AssertionError("not refused")


            rotate("second")
            print("after 1:", json.dumps(boto3.Cache.mode))
            rotate("third")
            print("after 2:", json.dumps(boto3.Cache.mode))
            rotate("fourth")
            print("after 3:", json.dumps(boto3.Cache.mode))
            print("current:", [v for v, s in boto3.Secrets.stages.items() if "AWSCURRENT" in s])
            print("secret:", boto3.Secrets().get_secret_value("arn:secret", "AWSCURRENT")["SecretString"])
            print(refused("fourth", "dropSecret"))
            print(refused("fifth", "createSecret"))
            print(refused("fourth", "createSecret", "arn:another"))
            boto3.Secrets.stages["sixth"] = ["AWSPENDING"]
            boto3.Secrets.values["fourth"] = json.dumps({"username": "admin", "user_arn": "arn:admin"})
            print(refused("sixth", "createSecret"))
            """;

    @Test
    void rotation_keepsTheCurrentPasswordBesideTheNewOne(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("boto3.py"), BOTO3);
        Files.writeString(directory.resolve("program.py"), PROGRAM);
        Files.writeString(directory.resolve("rotation.py"), TerraformModule.CACHE.read("rotation.py"));

        assertThat(python(directory))
                .isEqualTo(
                        """
                        after 1: {"Type": "password", "Passwords": ["password-1"]}
                        after 2: {"Type": "password", "Passwords": ["password-2", "password-1"]}
                        after 3: {"Type": "password", "Passwords": ["password-3", "password-2"]}
                        current: ['fourth']
                        secret: {"username": "prod-app", "user_arn": "arn:user", "password": "password-3"}
                        Unknown step of a rotation: dropSecret
                        Version fifth is not pending
                        This function rotates another secret
                        The secret has another user
                        """);
    }

    private static String python(Path directory) throws IOException, InterruptedException {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(entry -> !entry.isEmpty() && Files.isExecutable(Path.of(entry, "python3")));
        assumeThat(installed).describedAs("python3, on the PATH").isTrue();
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder("python3", "-B", "program.py")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("SECRET_ARN", "arn:secret");
        builder.environment().put("USER_ID", "prod-app");
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("python3 did not end");
        }
        return Files.readString(output, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
