# Reading one secret. The key that encrypts it may be used only through Secrets Manager and only for this secret.
data "aws_iam_policy_document" "secret" {
  count = local.reads_secret ? 1 : 0

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

# Logging in as one user. ElastiCache checks the right on the replication group and on the user.
data "aws_iam_policy_document" "connect" {
  statement {
    sid       = "Connect"
    actions   = ["elasticache:Connect"]
    resources = [aws_elasticache_replication_group.this.arn, aws_elasticache_user.service.arn]
  }
}

resource "aws_iam_policy" "service" {
  name_prefix = "${var.name}-service-"
  description = "Access of a service to ${var.name}; attach this policy to the role of the service"
  policy      = local.reads_secret ? data.aws_iam_policy_document.secret[0].json : data.aws_iam_policy_document.connect.json
  tags        = local.tags
}
