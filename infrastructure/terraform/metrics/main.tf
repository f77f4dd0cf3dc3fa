data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

locals {
  tags = merge({ ManagedBy = "terraform", Metrics = var.name }, var.tags)

  # the alert rules of this repository, with complete addresses of the on-call page
  wellhead_rules = var.wellhead_rules ? {
    wellhead = replace(
      file("${path.module}/../../observability/wellhead-rules.yml"),
      "runbook_url: \"docs/",
      "runbook_url: \"${var.documentation_url}",
    )
  } : {}
}

resource "aws_prometheus_workspace" "this" {
  alias       = var.name
  kms_key_arn = var.kms_key_arn
  tags        = local.tags

  # rules that fail and notifications that cannot be sent
  logging_configuration {
    log_group_arn = "${aws_cloudwatch_log_group.workspace.arn}:*"
  }
}

resource "aws_prometheus_workspace_configuration" "this" {
  workspace_id             = aws_prometheus_workspace.this.id
  retention_period_in_days = var.retention_days
}

# The service accepts only log groups of this prefix.
resource "aws_cloudwatch_log_group" "workspace" {
  name              = "/aws/vendedlogs/prometheus/${var.name}"
  retention_in_days = var.log_retention_days
  tags              = local.tags
}

resource "aws_prometheus_rule_group_namespace" "this" {
  for_each = merge(local.wellhead_rules, var.rules)

  name         = each.key
  workspace_id = aws_prometheus_workspace.this.id
  data         = each.value
  tags         = local.tags
}

# Alerts of the rules go to every topic. The topic's policy must permit aps.amazonaws.com to publish (README.md).
resource "aws_prometheus_alert_manager_definition" "this" {
  count = length(var.alarm_topic_arns) > 0 ? 1 : 0

  workspace_id = aws_prometheus_workspace.this.id

  definition = yamlencode({
    alertmanager_config = yamlencode({
      route = {
        receiver        = "topics"
        group_by        = ["alertname", "job"]
        group_wait      = "30s"
        group_interval  = "5m"
        repeat_interval = "4h"
      }
      receivers = [{
        name = "topics"
        sns_configs = [for arn in var.alarm_topic_arns : {
          topic_arn     = arn
          send_resolved = true
          sigv4         = { region = split(":", arn)[3] }
          # SNS permits 100 characters without line breaks
          subject = "{{ .GroupLabels.alertname }} {{ .Status }}"
        }]
      }]
    })
  })
}
