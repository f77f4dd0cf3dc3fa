locals {
  # with DB_AUTH=iam the service itself needs no secret; RDS Proxy still logs in with one
  reads_secret = !var.iam_authentication
  secret_arn   = var.rotation == "managed" ? local.master_secret_arn : aws_secretsmanager_secret.service[0].arn

  master_secret_arn = aws_db_instance.primary.master_user_secret[0].secret_arn
}

# rotation = managed: RDS keeps and rotates the secret of the master user; it holds username and password alone.
resource "aws_secretsmanager_secret_rotation" "managed" {
  secret_id = local.master_secret_arn
  # a new interval counts from now on; it does not rotate by itself
  rotate_immediately = false

  rotation_rules {
    automatically_after_days = var.rotation_days
  }
}

# rotation = lambda: a secret of the service's own role, in the shape of the RDS templates. Its first value is set
# outside Terraform (README.md): so no password is in the state, and nothing here ever writes over a rotated one.
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
  # the secret has no value yet
  rotate_immediately = false

  rotation_rules {
    automatically_after_days = var.rotation_days
  }

  depends_on = [aws_lambda_permission.rotation]
}
