locals {
  of_every_node = {
    cpu = {
      metric      = "EngineCPUUtilization"
      comparison  = "GreaterThanThreshold"
      threshold   = 80
      minutes     = 15
      description = "The thread that runs commands is busy for more than 80 % of 15 minutes"
    }
    memory = {
      metric      = "DatabaseMemoryUsagePercentage"
      comparison  = "GreaterThanThreshold"
      threshold   = 85
      minutes     = 5
      description = "More than 85 % of the memory is used"
    }
    evictions = {
      metric      = "Evictions"
      comparison  = "GreaterThanThreshold"
      threshold   = var.maximum_evictions_per_minute
      minutes     = 5
      description = "Keys are evicted because the memory is full"
    }
    connections = {
      metric     = "CurrConnections"
      comparison = "GreaterThanThreshold"
      # ElastiCache permits 65000 connections to a node
      threshold   = 50000
      minutes     = 5
      description = "More than 50000 of 65000 connections are open"
    }
    refused_logins = {
      metric      = "AuthenticationFailures"
      comparison  = "GreaterThanThreshold"
      threshold   = 0
      minutes     = 5
      description = "Logins are refused for five minutes: compare the secret with the passwords of the user"
    }
    lag = {
      metric      = "ReplicationLag"
      comparison  = "GreaterThanThreshold"
      threshold   = 5
      minutes     = 5
      description = "The replica lags more than 5 s behind"
    }
  }

  alarms = merge([
    for node, identifier in local.nodes : {
      for alarm, settings in local.of_every_node : "${node}-${alarm}" => merge(settings, { identifier = identifier })
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "cache" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/ElastiCache"
  metric_name         = each.value.metric
  dimensions          = { CacheClusterId = each.value.identifier }
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

# After a failed rotation the previous passwords remain valid, so no service fails and no other alarm reports it.
resource "aws_cloudwatch_metric_alarm" "rotation" {
  count = local.rotation_function ? 1 : 0

  alarm_name          = "${var.name}-rotation"
  alarm_description   = "The rotation function of ${var.name} failed: its log has the reason"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.rotation[0].function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = local.tags
}
