output "environment" {
  description = "Environment variables for the service, as Wellhead reads them. None of them is sensitive."
  value = merge(
    {
      ENVIRONMENT   = var.environment
      REDIS_HOST    = aws_elasticache_replication_group.this.primary_endpoint_address
      REDIS_PORT    = tostring(local.port)
      REDIS_SSLMODE = "verify-full"
    },
    local.reads_secret ? { REDIS_SECRET_ID = local.secret_arn } : {},
    local.reads_secret ? {} : { REDIS_AUTH = "iam", REDIS_USER = local.user, REDIS_CACHE_NAME = var.name },
  )
}

output "service_policy_arn" {
  description = "IAM policy to attach to the role of the service."
  value       = aws_iam_policy.service.arn
}

output "secret_arn" {
  description = "Secret of the service's user; null with authentication tokens."
  value       = local.secret_arn
}

output "reader_host" {
  description = "Endpoint that distributes connections to the replicas, for clients that read from them."
  value       = aws_elasticache_replication_group.this.reader_endpoint_address
}

output "security_group_id" {
  description = "Security group of the cache."
  value       = aws_security_group.cache.id
}
