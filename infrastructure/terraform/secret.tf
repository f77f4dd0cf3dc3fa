locals {
  # with DB_AUTH=iam the service needs no secret, but RDS Proxy logs in with one
  reads_secret = !var.iam_authentication
  secret_arn   = var.rotation == "managed" ? local.master_secret_arn : aws_secretsmanager_secret.service[0].arn

  master_secret_arn = aws_db_instance.primary.master_user_secret[0].secret_arn
}

# rotation = managed: RDS creates and rotates the secret of the master user, which contains only username and password.
resource "aws_secretsmanager_secret_rotation" "managed" {
  secret_id = local.master_secret_arn
  # a change of the interval must not rotate the secret immediately
  rotate_immediately = false

  rotation_rules {
    automatically_after_days = var.rotation_days
  }
}

# rotation = lambda: a secret of the service's own role, in the format of the RDS rotation templates. Its first value is
# set outside Terraform (README.md), so that the state contains no password and Terraform never overwrites a rotated one.
resource "aws_secretsmanager_secret" "service" {
  count = var.rotation == "lambda" ? 1 : 0

  name        = "${var.name}/${var.service_username}"
  description = "Credentials of role ${var.service_username} on ${var.name}"
  kms_key_id  = var.kms_key_arn
  tags        = local.tags

  recovery_window_in_days = 30
}

resource "aws_lambda_permission" "rotation" {
  count = var.rotation == "lambda" ? 1 : 0

  statement_id_prefix = "${var.name}-rotation-"
  action              = "lambda:InvokeFunction"
  function_name       = var.rotation_lambda_arn
  principal           = "secretsmanager.amazonaws.com"
  source_arn          = aws_secretsmanager_secret.service[0].arn
}

resource "aws_secretsmanager_secret_rotation" "service" {
  count = var.rotation == "lambda" ? 1 : 0

  secret_id           = aws_secretsmanager_secret.service[0].id
  rotation_lambda_arn = var.rotation_lambda_arn
  # at this point the secret has no value
  rotate_immediately = false

  rotation_rules {
    automatically_after_days = var.rotation_days
  }

  depends_on = [aws_lambda_permission.rotation]
}
