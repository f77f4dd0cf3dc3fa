resource "aws_iam_role" "proxy" {
  count = var.proxy ? 1 : 0

  name_prefix = "${substr(var.name, 0, 24)}-proxy-"
  description = "Permits RDS Proxy to read the secret of ${var.name}"
  tags        = local.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "rds.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "proxy_secret" {
  count = var.proxy ? 1 : 0

  name   = "read-secret"
  role   = aws_iam_role.proxy[0].id
  policy = data.aws_iam_policy_document.secret[0].json
}

resource "aws_db_proxy" "this" {
  count = var.proxy ? 1 : 0

  name                   = var.name
  engine_family          = "POSTGRESQL"
  role_arn               = aws_iam_role.proxy[0].arn
  require_tls            = true
  vpc_subnet_ids         = var.subnet_ids
  vpc_security_group_ids = [aws_security_group.proxy[0].id]
  idle_client_timeout    = 1800
  tags                   = local.tags

  auth {
    auth_scheme               = "SECRETS"
    client_password_auth_type = "POSTGRES_SCRAM_SHA_256"
    iam_auth                  = var.iam_authentication ? "REQUIRED" : "DISABLED"
    secret_arn                = local.secret_arn
  }

  depends_on = [aws_iam_role_policy.proxy_secret]
}

resource "aws_db_proxy_default_target_group" "this" {
  count = var.proxy ? 1 : 0

  db_proxy_name = aws_db_proxy.this[0].name

  connection_pool_config {
    max_connections_percent      = 90
    max_idle_connections_percent = 50
    # shorter than the pool's connectionTimeout of 30 s, so that the service receives the proxy's error message
    connection_borrow_timeout = 20
  }
}

resource "aws_db_proxy_target" "primary" {
  count = var.proxy ? 1 : 0

  db_proxy_name          = aws_db_proxy.this[0].name
  target_group_name      = aws_db_proxy_default_target_group.this[0].name
  db_instance_identifier = aws_db_instance.primary.identifier
}
