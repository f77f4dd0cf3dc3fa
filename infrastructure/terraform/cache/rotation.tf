data "archive_file" "rotation" {
  count = local.rotation_function ? 1 : 0

  type        = "zip"
  source_file = "${path.module}/rotation.py"
  output_path = "${path.root}/.terraform/${var.name}-rotation.zip"
}

# The function calls AWS interfaces only, so it is not in the VPC.
resource "aws_lambda_function" "rotation" {
  count = local.rotation_function ? 1 : 0

  function_name    = "${var.name}-rotation"
  description      = "Rotates the password of ${local.user}"
  role             = aws_iam_role.rotation[0].arn
  runtime          = "python3.13"
  architectures    = ["arm64"]
  handler          = "rotation.handler"
  filename         = data.archive_file.rotation[0].output_path
  source_code_hash = data.archive_file.rotation[0].output_base64sha256
  # it waits up to ten minutes until all nodes have a password
  timeout     = 720
  memory_size = 128
  tags        = local.tags

  environment {
    variables = {
      SECRET_ARN = local.secret_arn
      USER_ID    = aws_elasticache_user.service.user_id
    }
  }

  depends_on = [aws_cloudwatch_log_group.rotation, aws_iam_role_policy.rotation]
}

resource "aws_cloudwatch_log_group" "rotation" {
  count = local.rotation_function ? 1 : 0

  name              = "/aws/lambda/${var.name}-rotation"
  retention_in_days = var.log_retention_days
  tags              = local.tags
}

resource "aws_iam_role" "rotation" {
  count = local.rotation_function ? 1 : 0

  name_prefix = "${substr(var.name, 0, 24)}-rotation-"
  description = "Permits the rotation function to change the password of ${local.user}"
  tags        = local.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "rotation" {
  count = local.rotation_function ? 1 : 0

  name   = "rotate-secret"
  role   = aws_iam_role.rotation[0].id
  policy = data.aws_iam_policy_document.rotation[0].json
}

data "aws_iam_policy_document" "rotation" {
  count = local.rotation_function ? 1 : 0

  statement {
    sid = "RotateSecret"
    actions = [
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
      "secretsmanager:UpdateSecretVersionStage",
    ]
    resources = [local.secret_arn]
  }

  # AWS has no resource for this action
  statement {
    sid       = "GeneratePassword"
    actions   = ["secretsmanager:GetRandomPassword"]
    resources = ["*"]
  }

  statement {
    sid       = "SetPassword"
    actions   = ["elasticache:DescribeUsers", "elasticache:ModifyUser"]
    resources = [aws_elasticache_user.service.arn]
  }

  statement {
    sid       = "WriteLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.rotation[0].arn}:log-stream:*"]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "EncryptSecret"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
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
