locals {
  workspace = aws_prometheus_workspace.this.id

  # sums over all groups of rules and all reasons, whose names are not known here
  queries = {
    samples_missing = {
      query       = "SELECT SUM(ResourceCount) FROM \"AWS/Usage\" WHERE Service = 'Prometheus' AND Resource = 'IngestionRate' AND ResourceId = '${local.workspace}'"
      comparison  = "LessThanOrEqualToThreshold"
      missing     = "breaching"
      description = "The workspace gets no samples for 15 minutes: no alert of a rule can fire. Check the collector"
    }
    samples_discarded = {
      query       = "SELECT SUM(DiscardedSamples) FROM \"AWS/Prometheus\" WHERE Workspace = '${local.workspace}'"
      comparison  = "GreaterThanThreshold"
      missing     = "notBreaching"
      description = "The workspace discards samples: a quota is reached, or samples are old or out of order"
    }
    rule_failures = {
      query       = "SELECT SUM(RuleEvaluationFailures) FROM \"AWS/Prometheus\" WHERE Workspace = '${local.workspace}'"
      comparison  = "GreaterThanThreshold"
      missing     = "notBreaching"
      description = "Rules cannot be evaluated: the log of the workspace has the reason"
    }
    rules_missed = {
      query       = "SELECT SUM(RuleGroupIterationsMissed) FROM \"AWS/Prometheus\" WHERE Workspace = '${local.workspace}'"
      comparison  = "GreaterThanThreshold"
      missing     = "notBreaching"
      description = "Groups of rules are skipped because they take too long: split them"
    }
    notifications_failed = {
      query       = "SELECT SUM(AlertManagerNotificationsFailed) FROM \"AWS/Prometheus\" WHERE Workspace = '${local.workspace}'"
      comparison  = "GreaterThanThreshold"
      missing     = "notBreaching"
      description = "Alerts cannot be sent: the policy of the topic must permit aps.amazonaws.com to publish"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "metrics" {
  for_each = local.queries

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  evaluation_periods  = 3
  comparison_operator = each.value.comparison
  threshold           = 0
  treat_missing_data  = each.value.missing
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = local.tags

  metric_query {
    id          = "sum"
    expression  = each.value.query
    label       = each.key
    period      = 300
    return_data = true
  }
}
