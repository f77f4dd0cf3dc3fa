package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every module of infrastructure/terraform refuses values that cannot work, with the reason. */
class TerraformVariablesTest {

    private static Stream<Arguments> database() {
        return mistakes(
                TerraformModule.DATABASE,
                """
                name=Prod--Ledger => Use 3 to 42 lower-case letters, digits and single hyphens
                environment=Local => Wellhead is lenient in local, dev, development, test and ci
                subnet_ids=["subnet-1"] => Multi-AZ needs subnets in at least two availability zones.
                engine_version=15 => The parameter group is of family postgres16.
                rotation_lambda_arn=rotate => Use the ARN of a function
                service_username=postgres => The service needs a role of its own
                master_password_version=0 => Use a whole number, 1 or more.
                audit_log=["ddl","users"] => Use one or more of ddl, function, misc
                audit_log=[] => Use one or more of ddl, function, misc
                rotation_days=0 => Secrets Manager rotates every 1 to 1000 days.
                database_name=1app => Use up to 63 letters, digits and underscores, beginning with a letter.
                allocated_storage_gib=19 => gp3 storage is 20 to 65536 GiB.
                max_connections=24 => Use 25 to 5000 connections.
                service_username=App => Use up to 63 lower-case letters, digits and underscores
                max_allocated_storage_gib=100 => at least a tenth above
                backup_retention_days=36 => RDS keeps automated backups for 1 to 35 days.
                backup_region=eu-central-1 => Set backup_kms_key_arn: encrypted backups need a key
                replica_count=16 => RDS for PostgreSQL has at most 15 read replicas.
                performance_insights_retention_days=8 => Use 7, a multiple of 31 up to 713, or 731.
                database_insights_mode=advanced => requires at least 465 days.
                kms_key_arn=alias/ledger => Use the ARN of a key
                log_retention_days=10 => CloudWatch keeps logs for 1, 3, 5
                database_insights_mode=full => Use standard or advanced.
                """);
    }

    private static Stream<Arguments> cache() {
        return mistakes(
                TerraformModule.CACHE,
                """
                name=prod-sessions-of-the-whole-shop => Use 3 to 24 lower-case letters, digits and single hyphens
                environment=test => Wellhead is lenient in local, dev, development, test and ci
                subnet_ids=["s-1"] => Multi-AZ needs subnets in at least two availability zones.
                service_username=the-app => Use up to 15 lower-case letters and digits
                access_string=~* +@all nopass => Use only rules of keys, channels and commands
                access_string=off ~* => Use only rules of keys, channels and commands
                access_string=~* +@all >password => Use only rules of keys, channels and commands
                rotation_days=0 => Secrets Manager rotates every 1 to 1000 days.
                rotation_lambda_arn=rotate => Use the ARN of a function
                engine_version=7.1 => Use 7.2, 8.0 or a later minor version of Valkey 8.
                node_type=m7g.large => Use a current node type
                replica_count=0 => Multi-AZ needs 1 to 5 replicas.
                replica_count=6 => Multi-AZ needs 1 to 5 replicas.
                maxmemory_policy=lru => Use noeviction, or one of allkeys-lfu
                maximum_evictions_per_minute=-1 => Use 0 or more evictions per minute.
                snapshot_retention_days=36 => ElastiCache keeps snapshots for 0 to 35 days.
                kms_key_arn=alias/sessions => Use the ARN of a key
                log_retention_days=10 => CloudWatch keeps logs for 1, 3, 5
                """);
    }

    private static Stream<Arguments> queue() {
        return mistakes(
                TerraformModule.QUEUE,
                """
                name=prod.fifo => Use 3 to 42 lower-case letters, digits and single hyphens
                filter_policy=kind => Use a JSON object, and only with topic = true.
                visibility_timeout_seconds=0 => every consumer would receive every message
                maximum_receives=1 => every restart of a consumer makes dead letters
                retention_days=14 => it would expire early in the queue of dead letters
                maximum_age_seconds=10 => SQS reports the age every minute.
                kms_key_arn=alias/entries => Use the ARN of a key
                """);
    }

    private static Stream<Arguments> storage() {
        return mistakes(
                TerraformModule.STORAGE,
                """
                name=Statements => Use 3 to 42 lower-case letters, digits and single hyphens
                bucket_name=statements.example.com => With dots, TLS cannot verify the bucket's host name.
                prefix=statements => with a slash at the end
                prefix=*/ => with a slash at the end
                noncurrent_version_days=0 => Use a whole number, 1 or more.
                infrequent_access_days=29 => after 30 days at the earliest
                expiration_days=0 => Use a whole number, 1 or more.
                infrequent_access_days=30 and expiration_days=30 => must expire after they move
                replica_bucket_arn=replica => Use the ARN of a bucket
                replica_bucket_arn=arn:aws:s3:::replica => Set kms_key_arn and replica_kms_key_arn
                replica_kms_key_arn=alias/replica => Use the ARN of a key
                kms_key_arn=alias/statements => Use the ARN of a key
                """);
    }

    private static Stream<Arguments> search() {
        return mistakes(
                TerraformModule.SEARCH,
                """
                name=prod-search-of-the-whole-ledger => Use 3 to 28 lower-case letters, digits and single hyphens
                subnet_ids=["s-1"] => over two or three availability zones
                admin_role_arn=arn:aws:iam::123456789012:user/admin => Use the ARN of a role
                engine_version=OpenSearch_2.9 => Use OpenSearch_2.19 or later.
                engine_version=Elasticsearch_7.10 => Use OpenSearch_2.19 or later.
                instance_type=t3.small.search => Auto-Tune does not support t2 and t3.
                instance_count=4 => a multiple of the number of subnets
                master_type=m7g.large => Use an instance type that ends in .search
                storage_gib=9 => Use 10 to 16384 GiB.
                off_peak_hour=24 => Use an hour from 0 to 23.
                kms_key_arn=alias/search => Use the ARN of a key
                log_retention_days=10 => CloudWatch keeps logs for 1, 3, 5
                """);
    }

    private static Stream<Arguments> metrics() {
        return mistakes(
                TerraformModule.METRICS,
                """
                name=m => Use 3 to 42 lower-case letters, digits and single hyphens
                documentation_url=https://wiki.example.com => ends with a slash
                rules={more="alert: Down"} => Use YAML with groups
                rules={wellhead="groups: []"} => The name wellhead is taken.
                retention_days=1096 => The workspace keeps samples for 1 to 1095 days.
                kms_key_arn=alias/metrics => Use the ARN of a key
                log_retention_days=10 => CloudWatch keeps logs for 1, 3, 5
                alarm_topic_arns=["on-call"] => Use ARNs of topics
                """);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(database(), cache(), queue(), storage(), search(), metrics())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> mistakes(TerraformModule module, String variablesAndReasons) {
        return variablesAndReasons
                .lines()
                .map(line -> line.split(" => ", 2))
                .map(row -> arguments(module, row[0], row[1]));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("mistakes")
    void variable_thatCannotWork_isRefusedWithAReason(
            TerraformModule module, String variable, String reason, @TempDir Path directory) throws Exception {
        Terraform.Run planned =
                module.onlyOutputs(directory).run(module.commandLine("plan", List.of(variable.split(" and ", -1))));

        assertThat(planned.status()).isEqualTo(1);
        assertThat(planned.output().replaceAll("[\\s│]+", " "))
                .contains("Invalid value for variable")
                .contains(reason);
    }

    static Stream<TerraformModule> modules() {
        return TerraformModule.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void validations_ofAModule_areAllTried(TerraformModule module) throws IOException {
        List<String> reasons = mistakes()
                .filter(row -> row.get()[0].equals(module))
                .map(row -> String.valueOf(row.get()[2]))
                .toList();
        List<String> messages = Pattern.compile("error_message = \"(.*)\"")
                .matcher(module.read("variables.tf"))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();

        assertThat(messages).allSatisfy(message -> assertThat(reasons).anyMatch(message::contains));
    }
}
