# Exactly what a service with Wellhead needs: one secret, one key if there is one, one role of the database.
data "aws_iam_policy_document" "secret" {
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
        values   = ["secretsmanager.${data.aws_region.current.region}.amazonaws.com"]
      }
    }
  }
}

data "aws_iam_policy_document" "service" {
  source_policy_documents = var.iam_authentication ? [] : [data.aws_iam_policy_document.secret.json]

  dynamic "statement" {
    for_each = var.iam_authentication ? [true] : []

    content {
      sid     = "Connect"
      actions = ["rds-db:connect"]
      resources = [
        join(":", [
          "arn", data.aws_partition.current.partition, "rds-db", data.aws_region.current.region,
          data.aws_caller_identity.current.account_id, "dbuser",
          "${var.proxy ? element(split(":", aws_db_proxy.this[0].arn), 6) : aws_db_instance.primary.resource_id}/${var.service_username}",
        ])
      ]
    }
  }
}

resource "aws_iam_policy" "service" {
  name_prefix = "${var.name}-service-"
  description = "What a service needs to reach ${var.name}; attach it to the role of the service"
  policy      = data.aws_iam_policy_document.service.json
  tags        = local.tags
}
