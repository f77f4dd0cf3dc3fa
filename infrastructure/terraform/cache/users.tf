locals {
  # a user with tokens must have the same id and name, and ids are unique in an account and region
  user = "${var.name}-${var.service_username}"
}

# The service's own user. Terraform creates it without a password, so that no plan and no state contains one: until the first
# rotation it can log in only with tokens, which no role is permitted to sign. The rotation function sets its passwords.
resource "aws_elasticache_user" "service" {
  user_id       = local.user
  user_name     = local.user
  access_string = "on ${var.access_string}"
  engine        = "valkey"
  tags          = local.tags

  authentication_mode {
    type = "iam"
  }

  lifecycle {
    ignore_changes = [authentication_mode]
  }
}

# A group of the engine Valkey needs no user "default". Without it, every login needs a user name.
resource "aws_elasticache_user_group" "this" {
  user_group_id = var.name
  engine        = "valkey"
  user_ids      = [aws_elasticache_user.service.user_id]
  tags          = local.tags
}
