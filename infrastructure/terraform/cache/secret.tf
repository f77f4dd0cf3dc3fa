locals {
  reads_secret      = !var.iam_authentication
  secret_arn        = one(aws_secretsmanager_secret.service[*].arn)
  rotation_function = local.reads_secret && var.rotation_lambda_arn == null
}

# The secret of the service's user. Its first value has no password: the first rotation, which follows immediately, sets one.
resource "aws_secretsmanager_secret" "service" {
  count = local.reads_secret ? 1 : 0

  name        = "${var.name}/${var.service_username}"
  description = "Credentials of user ${local.user} on ${var.name}"
  kms_key_id  = var.kms_key_arn
  tags        = local.tags

  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_version" "user" {
  count = local.reads_secret ? 1 : 0

  secret_id = aws_secretsmanager_secret.service[0].id
  secret_string_wo = jsonencode({
    username = aws_elasticache_user.service.user_name
    user_arn = aws_elasticache_user.service.arn
  })
  # this value is never written again, because rotations replace it
  secret_string_wo_version = 1
}

resource "aws_secretsmanager_secret_rotation" "service" {
  count = local.reads_secret ? 1 : 0

  secret_id           = aws_secretsmanager_secret_version.user[0].secret_id
  rotation_lambda_arn = local.rotation_function ? aws_lambda_function.rotation[0].arn : var.rotation_lambda_arn
  rotate_immediately  = true

  rotation_rules {
    automatically_after_days = var.rotation_days
  }

  # the user must belong to its group before its password is changed
  depends_on = [aws_lambda_permission.rotation, aws_iam_role_policy.rotation, aws_elasticache_user_group.this]
}

resource "aws_lambda_permission" "rotation" {
  count = local.reads_secret ? 1 : 0

  statement_id_prefix = "${var.name}-rotation-"
  action              = "lambda:InvokeFunction"
  function_name       = local.rotation_function ? aws_lambda_function.rotation[0].function_name : var.rotation_lambda_arn
  principal           = "secretsmanager.amazonaws.com"
  source_arn          = aws_secretsmanager_secret.service[0].arn
}
