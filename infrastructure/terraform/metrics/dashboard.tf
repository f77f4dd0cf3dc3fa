locals {
  # of each kind: title, unit of the axis, and the metrics of every named resource
  database_metrics = ["CPUUtilization", "DatabaseConnections", "FreeStorageSpace", "ReadLatency", "WriteLatency"]
  cache_metrics    = ["EngineCPUUtilization", "DatabaseMemoryUsagePercentage", "CurrConnections", "Evictions", "CacheHitRate"]
  queue_metrics    = ["ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage", "NumberOfMessagesSent", "NumberOfMessagesDeleted"]
  search_metrics   = ["CPUUtilization", "JVMMemoryPressure", "FreeStorageSpace", "SearchLatency", "IndexingLatency"]

  sections = concat(
    [for metric in local.database_metrics : {
      title   = "RDS ${metric}"
      metrics = [for name in var.database_identifiers : ["AWS/RDS", metric, "DBInstanceIdentifier", name]]
    } if length(var.database_identifiers) > 0],
    [for metric in local.cache_metrics : {
      title   = "ElastiCache ${metric}"
      metrics = [for name in var.cache_node_ids : ["AWS/ElastiCache", metric, "CacheClusterId", name]]
    } if length(var.cache_node_ids) > 0],
    [for metric in local.queue_metrics : {
      title   = "SQS ${metric}"
      metrics = [for name in var.queue_names : ["AWS/SQS", metric, "QueueName", name]]
    } if length(var.queue_names) > 0],
    [for metric in local.search_metrics : {
      title = "OpenSearch ${metric}"
      metrics = [
        for name in var.search_domain_names :
        ["AWS/ES", metric, "DomainName", name, "ClientId", data.aws_caller_identity.current.account_id]
      ]
    } if length(var.search_domain_names) > 0],
  )

  # what the workspace itself does
  searches = {
    "Rule evaluation failures" = "SEARCH('Namespace=\"AWS/Prometheus\" MetricName=\"RuleEvaluationFailures\" \"${local.workspace}\"', 'Sum')"
    "Discarded samples"        = "SEARCH('Namespace=\"AWS/Prometheus\" MetricName=\"DiscardedSamples\" \"${local.workspace}\"', 'Sum')"
    "Samples per second"       = "SEARCH('Namespace=\"AWS/Usage\" MetricName=\"ResourceCount\" Resource=\"IngestionRate\" \"${local.workspace}\"', 'Average')"
  }

  widgets = concat(
    [for section in local.sections : {
      title   = section.title
      metrics = section.metrics
    }],
    [for title, expression in local.searches : {
      title   = title
      metrics = [[{ expression = expression }]]
    }],
  )
}

# The managed services on one page. The dashboard of the programs themselves is infrastructure/observability, in Grafana.
resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [for index, widget in local.widgets : {
      type   = "metric"
      x      = index % 3 * 8
      y      = floor(index / 3) * 6
      width  = 8
      height = 6
      properties = {
        title   = widget.title
        region  = data.aws_region.current.region
        view    = "timeSeries"
        stacked = false
        period  = 60
        stat    = "Average"
        metrics = widget.metrics
      }
    }]
  })
}
