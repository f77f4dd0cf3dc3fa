# rotation = managed: RDS keeps and rotates the secret of the master user; it holds username and password alone.
resource "aws_secretsmanager_secret_rotation" "managed" {
  count = var.rotation == "managed" ? 1 : 0

  secret_id = aws_db_instance.primary.master_user_secret[0].secret_arn

  rotation_rules {
    automatically_after_days = var.rotation_days
  }
}

# rotation = lambda: a secret of the service's own role, in the shape of the RDS templates. Its first password is set
# outside Terraform (see README.md), so that none is in the state.
resource "aws_secretsmanager_secret" "service" {
  count = var.rotation == "lambda" ? 1 : 0

  name        = "${var.name}/service"
  description = "Credentials of role ${var.service_username} on ${var.name}"
  kms_key_id  = var.kms_key_arn
  tags        = local.tags

  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_rotation" "service" {
  count = var.rotation == "lambda" ? 1 : 0

  secret_id           = aws_secretsmanager_secret.service[0].id
  rotation_lambda_arn = var.rotation_lambda_arn
  # the first rotation waits until the secret has a value
  rotate_immediately = false

  rotation_rules {
    automatically_after_days = var.rotation_days
  }

  lifecycle {
    precondition {
      condition     = var.rotation_lambda_arn != null
      error_message = "Set rotation_lambda_arn: rotation = lambda needs a rotation function."
    }
  }
}
