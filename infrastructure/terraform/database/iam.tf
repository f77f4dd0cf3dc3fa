# Reading one secret. The key that encrypts it may be used only through Secrets Manager and only for this secret.
data "aws_iam_policy_document" "secret" {
  count = local.service_secret ? 1 : 0

  statement {
    sid       = "ReadSecret"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [local.secret_arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "DecryptSecret"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["secretsmanager.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"]
      }

      condition {
        test     = "StringEquals"
        variable = "kms:EncryptionContext:SecretARN"
        values   = [local.secret_arn]
      }
    }
  }
}

# Logging in as one role, on the endpoints that the service connects to: RDS Proxy or the primary, and every replica.
data "aws_iam_policy_document" "connect" {
  statement {
    sid     = "Connect"
    actions = ["rds-db:connect"]
    resources = [
      for resource in concat(
        [var.proxy ? element(split(":", aws_db_proxy.this[0].arn), 6) : aws_db_instance.primary.resource_id],
        aws_db_instance.replica[*].resource_id,
        ) : join(":", [
          "arn",
          data.aws_partition.current.partition,
          "rds-db",
          data.aws_region.current.region,
          data.aws_caller_identity.current.account_id,
          "dbuser",
          "${resource}/${var.service_username}",
      ])
    ]
  }
}

resource "aws_iam_policy" "service" {
  name_prefix = "${var.name}-service-"
  description = "Access of a service to ${var.name}; attach this policy to the role of the service"
  policy      = local.reads_secret ? data.aws_iam_policy_document.secret[0].json : data.aws_iam_policy_document.connect.json
  tags        = local.tags
}
