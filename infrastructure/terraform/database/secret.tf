locals {
  # with DB_AUTH=iam the service needs no secret, but RDS Proxy logs in with one
  reads_secret   = !var.iam_authentication
  service_secret = local.reads_secret || var.proxy
  secret_arn     = one(aws_secretsmanager_secret.service[*].arn)

  rotation_function = local.service_secret && var.rotation_lambda_arn == null
}

# The secret of the service's own role, in the format of AWS's rotation functions. Its first value is set outside Terraform
# (README.md), so that the state contains no password and Terraform never overwrites a rotated one.
resource "aws_secretsmanager_secret" "service" {
  count = local.service_secret ? 1 : 0

  name        = "${var.name}/${var.service_username}"
  description = "Credentials of role ${var.service_username} on ${var.name}"
  kms_key_id  = var.kms_key_arn
  tags        = local.tags

  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_rotation" "service" {
  count = local.service_secret ? 1 : 0

  secret_id = aws_secretsmanager_secret.service[0].id
  rotation_lambda_arn = (
    local.rotation_function
    ? aws_serverlessapplicationrepository_cloudformation_stack.rotation[0].outputs["RotationLambdaARN"]
    : var.rotation_lambda_arn
  )
  # at this point the secret has no value
  rotate_immediately = false

  rotation_rules {
    automatically_after_days = var.rotation_days
  }

  depends_on = [aws_lambda_permission.rotation]
}

resource "aws_lambda_permission" "rotation" {
  count = local.service_secret && !local.rotation_function ? 1 : 0

  statement_id_prefix = "${var.name}-rotation-"
  action              = "lambda:InvokeFunction"
  function_name       = var.rotation_lambda_arn
  principal           = "secretsmanager.amazonaws.com"
  source_arn          = aws_secretsmanager_secret.service[0].arn
}
