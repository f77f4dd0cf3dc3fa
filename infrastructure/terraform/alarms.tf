locals {
  alarms = {
    cpu = {
      metric      = "CPUUtilization"
      comparison  = "GreaterThanThreshold"
      threshold   = 85
      description = "CPU above 85 % for 15 minutes"
      periods     = 15
    }
    storage = {
      metric      = "FreeStorageSpace"
      comparison  = "LessThanThreshold"
      threshold   = floor(var.allocated_storage_gib * 1073741824 * 0.1)
      description = "Less than a tenth of the first storage is free"
      periods     = 5
    }
    memory = {
      metric      = "FreeableMemory"
      comparison  = "LessThanThreshold"
      threshold   = 268435456
      description = "Less than 256 MiB of memory can be freed"
      periods     = 15
    }
    connections = {
      metric      = "DatabaseConnections"
      comparison  = "GreaterThanThreshold"
      threshold   = floor(var.max_connections * 0.85)
      description = "More than 85 % of max_connections: compare pool size times instances"
      periods     = 5
    }
    read_latency = {
      metric      = "ReadLatency"
      comparison  = "GreaterThanThreshold"
      threshold   = 0.02
      description = "Reads from storage take more than 20 ms"
      periods     = 15
    }
    transaction_ids = {
      metric      = "MaximumUsedTransactionIDs"
      comparison  = "GreaterThanThreshold"
      threshold   = 1000000000
      description = "A billion transaction ids are used: vacuum is held up"
      periods     = 5
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "primary" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/RDS"
  metric_name         = each.value.metric
  dimensions          = { DBInstanceIdentifier = aws_db_instance.primary.identifier }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = each.value.periods
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  treat_missing_data  = "missing"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "replica_lag" {
  count = var.replica_count

  alarm_name          = "${var.name}-replica-${count.index + 1}-lag"
  alarm_description   = "The replica is more than 30 s behind"
  namespace           = "AWS/RDS"
  metric_name         = "ReplicaLag"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.replica[count.index].identifier }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 30
  treat_missing_data  = "missing"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = local.tags
}
