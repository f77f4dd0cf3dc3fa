# The master user is for administrators. RDS refuses read replicas of an instance whose master password it manages, so the
# module creates the password. Ephemeral resources and write-only arguments keep it out of every plan and state.
ephemeral "aws_secretsmanager_random_password" "master" {
  password_length     = 32
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "master" {
  name        = "${var.name}/${var.master_username}"
  description = "Master user of ${var.name}, for administrators"
  kms_key_id  = var.kms_key_arn
  tags        = local.tags

  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_version" "master" {
  secret_id = aws_secretsmanager_secret.master.id
  secret_string_wo = jsonencode({
    username = var.master_username
    password = ephemeral.aws_secretsmanager_random_password.master.random_password
  })
  secret_string_wo_version = var.master_password_version
}

# The instance gets the stored password: if an apply fails halfway, the next one still sets the same password on both.
ephemeral "aws_secretsmanager_secret_version" "master" {
  secret_id = aws_secretsmanager_secret_version.master.secret_id
}
