package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Databases;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.settings.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNameTest {

    private static final String SHAPE =
            " Write arn:aws:secretsmanager:<region>:<account>:secret:<name>, or only the name of the secret.";

    @ParameterizedTest
    @CsvSource({
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/ledger-AbCdEf, eu-west-1",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-0a1b-AbCdEf, us-east-1",
        "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:x, cn-north-1",
        "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:a_b+c=d.e@f, us-gov-west-1",
        "arn:aws-iso-b:secretsmanager:us-isob-east-1:123456789012:secret:x, us-isob-east-1"
    })
    void of_arn_hasItsRegion(String arn, String region) throws CredentialsException {
        assertThat(SecretName.of(arn, "DB_SECRET_ID").region()).isEqualTo(region);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod/ledger", "rds!db-0a1b2c3d", "a_b+c=d.e@f-1", "x"})
    void of_name_hasNoRegion(String name) throws CredentialsException {
        assertThat(SecretName.of(name, "DB_SECRET_ID").region()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            arn:aws:secretsmanager:evil.example/#:123456789012:secret:x | its region is not the name of an AWS region, such as eu-west-1
            arn:aws:secretsmanager:evil.example:123456789012:secret:x | its region is not the name of an AWS region, such as eu-west-1
            arn:aws:secretsmanager:user@evil:123456789012:secret:x | its region is not the name of an AWS region, such as eu-west-1
            arn:aws:secretsmanager::123456789012:secret:x | its region is not the name of an AWS region, such as eu-west-1
            arn:aws:secretsmanager:EU-WEST-1:123456789012:secret:x | its region is not the name of an AWS region, such as eu-west-1
            arn:aws:secretsmanager:eu-west-1:12345:secret:x | its account is not a number of 12 digits
            arn:aws:secretsmanager:eu-west-1::secret:x | its account is not a number of 12 digits
            arn:aws:secretsmanager:eu-west-1:123456789012:secret: | it does not end in secret: and the name of a secret
            arn:aws:secretsmanager:eu-west-1:123456789012:secret:a b | it does not end in secret: and the name of a secret
            arn:aws:secretsmanager:eu-west-1:123456789012:key:x | it does not end in secret: and the name of a secret
            arn:aws:ssm:eu-west-1:123456789012:parameter:x | its service is not secretsmanager
            arn:aws:rds:eu-west-1:123456789012:db:ledger | its service is not secretsmanager
            arn:evil:secretsmanager:eu-west-1:123456789012:secret:x | its partition is not aws, aws-cn, aws-us-gov or another AWS partition
            arn:aws:secretsmanager | it does not consist of the seven parts of such an ARN
            arn:aws:secretsmanager:eu-west-1:123456789012:secret:x:y:AWSCURRENT | it does not consist of the seven parts of such an ARN
            ARN:aws:secretsmanager:eu-west-1:123456789012:secret:x | it does not consist of the seven parts of such an ARN
            http://evil.example | it does not consist of the seven parts of such an ARN
            """)
    void of_malformedArn_isRefusedWithTheReasonAndTheShape(String arn, String reason) {
        assertThatThrownBy(() -> SecretName.of(arn, "DB_SECRET_ID"))
                .hasMessage("DB_SECRET_ID is a malformed ARN: " + reason + "." + SHAPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {" prod/ledger", "prod ledger", "prod\nledger", "prod#ledger", "prod?x", "pröd", "a\\b"})
    void of_textThatIsNoName_isRefused(String name) {
        assertThatThrownBy(() -> SecretName.of(name, "DB_SECRET_ID"))
                .hasMessageStartingWith("DB_SECRET_ID is neither the name nor the ARN of a secret. Write at most 512");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eu",
                "eu-west",
                "EU-WEST-1",
                "eu_west_1",
                "eu-west-1 ",
                "evil.example",
                "eu-west-1/x",
                "a@b-c-1",
                "eu-west-1#",
                "-west-1",
                "eu--1",
                "eu-west-x",
                "x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-1"
            })
    void require_textThatIsNoRegion_isRefused(String name) {
        assertThatThrownBy(() -> RegionName.require(name, "DB_SECRET_REGION"))
                .hasMessageStartingWith("DB_SECRET_REGION is ")
                .hasMessageContaining("the name of an AWS region. Write a name such as eu-west-1, in lower case.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eu-west-1",
                "ap-southeast-7",
                "us-gov-east-1",
                "us-isob-east-1",
                "eusc-de-east-1",
                "mx-central-1"
            })
    void isValid_region_isTrue(String name) {
        assertThat(RegionName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "DB_SECRET_ID, arn:aws:secretsmanager:evil.example/#:123456789012:secret:x, malformed ARN",
        "DB_SECRET_REGION, evil.example, AWS region",
        "DB_IAM_REGION, evil.example, AWS region"
    })
    void open_malformedName_isAConfigurationExceptionBeforeAnyClient(String variable, String value, String expected) {
        Map<String, String> environment = new java.util.HashMap<>(
                Map.of("ENVIRONMENT", "production", "DB_HOST", "db.invalid", "DB_NAME", "ledger", "DB_USER", "app"));
        if (variable.equals("DB_IAM_REGION")) {
            environment.put("DB_AUTH", "iam");
            environment.put("DB_SSLROOTCERT", "system");
        } else {
            environment.put("DB_SECRET_ID", "prod/ledger");
        }
        environment.put(variable, value);

        assertThatThrownBy(() ->
                        Databases.builder().environment(environment).open().close())
                .isInstanceOfSatisfying(ConfigurationException.class, refused -> {
                    assertThat(refused.problems()).singleElement().satisfies(problem -> {
                        assertThat(problem.message())
                                .contains(variable + " is ")
                                .contains(expected);
                        assertThat(problem.origins()).isNotEmpty();
                    });
                });
    }

    @Test
    void region_inAHostNameThatIsNoRegion_isNotUsed() {
        assertThat(RdsHost.region("db.c1abc.EVIL_x.rds.amazonaws.com")).isNull();
        assertThat(RdsHost.region("db.c1abc.eu-west-1.rds.amazonaws.com")).isEqualTo("eu-west-1");
    }
}
