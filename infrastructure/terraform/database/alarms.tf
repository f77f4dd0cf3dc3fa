locals {
  gibibyte = 1073741824

  of_every_instance = {
    cpu = {
      metric      = "CPUUtilization"
      comparison  = "GreaterThanThreshold"
      threshold   = 85
      minutes     = 15
      description = "CPU above 85 % for 15 minutes"
    }
    storage = {
      metric      = "FreeStorageSpace"
      comparison  = "LessThanThreshold"
      threshold   = floor(var.allocated_storage_gib * local.gibibyte / 10)
      minutes     = 5
      description = "Free storage is below 10 % of the initial storage"
    }
    memory = {
      metric      = "FreeableMemory"
      comparison  = "LessThanThreshold"
      threshold   = local.gibibyte / 4
      minutes     = 15
      description = "Less than 256 MiB of memory are available"
    }
    connections = {
      metric      = "DatabaseConnections"
      comparison  = "GreaterThanThreshold"
      threshold   = floor(var.max_connections * 0.85)
      minutes     = 5
      description = "More than 85 % of max_connections are used: compare it with DB_MAXIMUM_POOL_SIZE times the number of service instances"
    }
    read_latency = {
      metric      = "ReadLatency"
      comparison  = "GreaterThanThreshold"
      threshold   = 0.02
      minutes     = 15
      description = "Reads from storage take more than 20 ms"
    }
  }

  of_the_primary = {
    write_latency = {
      metric      = "WriteLatency"
      comparison  = "GreaterThanThreshold"
      threshold   = 0.02
      minutes     = 15
      description = "Writes to storage take more than 20 ms"
    }
    transaction_ids = {
      metric      = "MaximumUsedTransactionIDs"
      comparison  = "GreaterThanThreshold"
      threshold   = 1000000000
      minutes     = 5
      description = "One billion transaction IDs are used: vacuum does not keep up"
    }
  }

  of_a_replica = {
    lag = {
      metric      = "ReplicaLag"
      comparison  = "GreaterThanThreshold"
      threshold   = 30
      minutes     = 5
      description = "The replica lags more than 30 s behind"
    }
  }

  alarms = merge([
    for instance, identifier in local.instances : {
      for alarm, settings in merge(
        local.of_every_instance,
        instance == "primary" ? local.of_the_primary : local.of_a_replica,
      ) : "${instance}-${alarm}" => merge(settings, { identifier = identifier })
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "database" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/RDS"
  metric_name         = each.value.metric
  dimensions          = { DBInstanceIdentifier = each.value.identifier }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = each.value.minutes
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  treat_missing_data  = "missing"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = local.tags
}

# Events that metrics do not show: failovers, failures, low storage, maintenance.
resource "aws_db_event_subscription" "this" {
  count = length(var.alarm_topic_arns)

  name        = "${var.name}-${count.index + 1}"
  sns_topic   = var.alarm_topic_arns[count.index]
  source_type = "db-instance"
  source_ids  = concat([aws_db_instance.primary.identifier], aws_db_instance.replica[*].identifier)
  tags        = local.tags

  event_categories = ["availability", "failover", "failure", "low storage", "maintenance", "recovery"]
}
