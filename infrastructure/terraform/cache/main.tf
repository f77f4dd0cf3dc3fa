data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

locals {
  port = 6379
  tags = merge({ ManagedBy = "terraform", Cache = var.name }, var.tags)

  family = "valkey${split(".", var.engine_version)[0]}"

  # ElastiCache names the nodes of a group <name>-001, <name>-002, ...
  nodes = { for number in range(1, var.replica_count + 2) : format("%03d", number) => format("%s-%03d", var.name, number) }

  logs = { slow-log = "/aws/elasticache/${var.name}/slow-log", engine-log = "/aws/elasticache/${var.name}/engine-log" }
}

resource "aws_elasticache_subnet_group" "this" {
  name        = var.name
  description = "Private subnets of ${var.name}"
  subnet_ids  = var.subnet_ids
  tags        = local.tags
}

resource "aws_elasticache_parameter_group" "this" {
  # no name_prefix exists, and another family needs another group before the old one is removed
  name        = "${var.name}-${local.family}"
  family      = local.family
  description = "Parameters of ${var.name}"
  tags        = local.tags

  parameter {
    name  = "maxmemory-policy"
    value = var.maxmemory_policy
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = var.name
  description          = "Valkey of ${var.name}"
  engine               = "valkey"
  engine_version       = var.engine_version
  node_type            = var.node_type
  port                 = local.port
  parameter_group_name = aws_elasticache_parameter_group.this.name

  num_cache_clusters         = var.replica_count + 1
  automatic_failover_enabled = true
  multi_az_enabled           = true
  subnet_group_name          = aws_elasticache_subnet_group.this.name
  security_group_ids         = [aws_security_group.cache.id]

  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn
  user_group_ids             = [aws_elasticache_user_group.this.user_group_id]

  snapshot_retention_limit  = var.snapshot_retention_days
  snapshot_window           = var.snapshot_window
  final_snapshot_identifier = var.snapshot_retention_days == 0 ? null : "${var.name}-final"

  maintenance_window         = var.maintenance_window
  auto_minor_version_upgrade = true
  apply_immediately          = false
  # ElastiCache sends events to one topic only
  notification_topic_arn = try(var.alarm_topic_arns[0], null)

  dynamic "log_delivery_configuration" {
    for_each = local.logs

    content {
      destination      = aws_cloudwatch_log_group.exported[log_delivery_configuration.key].name
      destination_type = "cloudwatch-logs"
      log_format       = "json"
      log_type         = log_delivery_configuration.key
    }
  }

  tags = local.tags
}

resource "aws_cloudwatch_log_group" "exported" {
  for_each = local.logs

  name              = each.value
  retention_in_days = var.log_retention_days
  tags              = local.tags
}
