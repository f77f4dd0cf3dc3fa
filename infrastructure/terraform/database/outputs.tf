output "environment" {
  description = "Environment variables for the service, as Wellhead reads them. None of them is sensitive."
  value = merge(
    {
      ENVIRONMENT = var.environment
      DB_HOST     = var.proxy ? aws_db_proxy.this[0].endpoint : aws_db_instance.primary.address
      DB_PORT     = tostring(local.port)
      DB_NAME     = var.database_name
    },
    local.reads_secret ? { DB_SECRET_ID = local.secret_arn } : { DB_AUTH = "iam", DB_USER = var.service_username },
    var.proxy ? { DB_POOLER = "rds-proxy" } : {},
    var.replica_count > 0 ? { DB_READER_HOST = join(",", aws_db_instance.replica[*].address) } : {},
  )
}

output "service_policy_arn" {
  description = "IAM policy to attach to the role of the service."
  value       = aws_iam_policy.service.arn
}

output "secret_arn" {
  description = "Secret of the service's role; null with authentication tokens and without RDS Proxy."
  value       = local.secret_arn
}

output "master_secret_arn" {
  description = "Secret of the master user, for administrators. A service must not use it."
  value       = aws_secretsmanager_secret.master.arn
}

output "security_group_id" {
  description = "Security group of the database."
  value       = aws_security_group.database.id
}
