package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.AnsweringProcess;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The module as a service uses it: on the class path, found by core, and configured only by the environment. */
@Timeout(120)
class ServiceTest {

    private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/ledger-AbCdEf";

    private final PostgresServer postgres = PostgresServer.shared();

    @TempDir
    private Path home;

    @Test
    void fromEnvironment_onlyASecretId_readsServerAndLoginAndFollowsTheRotation() throws Exception {
        postgres.createRole("service", "pw-1");
        try (SecretsManagerServer store = SecretsManagerServer.start()) {
            store.put(ARN, template("service", "pw-1"));
            Map<String, String> environment = identity();
            environment.put("DB_SECRET_ID", ARN);
            environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", store.uri().toString());
            try (AnsweringProcess service = AnsweringProcess.start(SecretService.class, home, environment)) {
                assertThat(service.answer()).isEqualTo("service in postgres");

                store.createPending(ARN, template("service", "pw-2"));
                postgres.setPassword("service", "pw-2");
                assertThat(service.ask()).isEqualTo("service in postgres");
                assertThat(service.ask()).isEqualTo("service in postgres");

                store.finish(ARN);
                assertThat(service.ask()).isEqualTo("service in postgres");
            }
            assertThat(store.calls()).startsWith("AWSCURRENT");
        }
    }

    @Test
    void fromEnvironment_noAwsCredentials_printsTheFix() throws Exception {
        Map<String, String> environment = environment();
        environment.put("DB_SECRET_ID", "prod/ledger");
        environment.put("AWS_REGION", "eu-west-1");
        try (AnsweringProcess service = AnsweringProcess.start(SecretService.class, home, environment)) {
            assertThat(service.answer())
                    .isEqualTo("The secret 'prod/ledger' (DB_SECRET_ID) could not be read from AWS Secrets Manager in"
                            + " eu-west-1. There are no AWS credentials.|  Give the service a role (task role, instance"
                            + " profile, IRSA with software.amazon.awssdk:sts on the class path), or set"
                            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
        }
    }

    @Test
    void fromEnvironment_webIdentityWithoutSts_namesTheMissingModule() throws Exception {
        Map<String, String> environment = environment();
        environment.put("DB_SECRET_ID", "prod/ledger");
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/ledger");
        environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", home.resolve("token").toString());
        try (AnsweringProcess service = AnsweringProcess.start(SecretService.class, home, environment)) {
            assertThat(service.answer())
                    .isEqualTo("The secret 'prod/ledger' (DB_SECRET_ID) could not be read from AWS Secrets Manager in"
                            + " eu-west-1. The service runs with a web identity (EKS, IRSA) or assumes a role, but"
                            + " software.amazon.awssdk:sts is not on the class path.|  Add it, in the version of the other AWS"
                            + " SDK modules.");
        }
    }

    @Test
    void fromEnvironment_noRegionAnywhere_printsWhatToSet() throws Exception {
        Map<String, String> environment = environment();
        environment.put("DB_SECRET_ID", "prod/ledger");
        try (AnsweringProcess service = AnsweringProcess.start(SecretService.class, home, environment)) {
            assertThat(service.answer())
                    .contains(
                            "There is no AWS region: DB_SECRET_REGION and AWS_REGION are not set, and the AWS profile has"
                                    + " none.|  From: environment variable DB_SECRET_ID|  Set DB_SECRET_REGION.");
        }
    }

    @Test
    void fromEnvironment_regionThatTheArnContradicts_namesBoth() throws Exception {
        Map<String, String> environment = identity();
        environment.put("DB_SECRET_ID", ARN);
        environment.put("DB_SECRET_REGION", "us-east-1");
        try (AnsweringProcess service = AnsweringProcess.start(SecretService.class, home, environment)) {
            assertThat(service.answer())
                    .contains("DB_SECRET_REGION is 'us-east-1', but the ARN of the secret has eu-west-1.|  From:"
                            + " environment variable DB_SECRET_ID|  Unset DB_SECRET_REGION; an ARN needs no region.");
        }
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ENVIRONMENT", "test");
        environment.put("DB_SSLMODE", "disable");
        environment.put("DB_MAXIMUM_POOL_SIZE", "2");
        return environment;
    }

    private static Map<String, String> identity() {
        Map<String, String> environment = environment();
        environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        environment.put("AWS_SECRET_ACCESS_KEY", "not-a-key");
        return environment;
    }

    private String template(String user, String password) {
        return "{\"engine\":\"postgres\",\"host\":\"" + postgres.host() + "\",\"port\":" + postgres.port()
                + ",\"dbname\":\"postgres\",\"username\":\"" + user + "\",\"password\":\"" + password + "\"}";
    }
}
