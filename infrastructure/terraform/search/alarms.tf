locals {
  alarms = merge(
    {
      red = {
        metric      = "ClusterStatus.red"
        statistic   = "Maximum"
        comparison  = "GreaterThanThreshold"
        threshold   = 0
        minutes     = 1
        description = "A primary shard has no node: data is missing in searches"
      }
      yellow = {
        metric      = "ClusterStatus.yellow"
        statistic   = "Maximum"
        comparison  = "GreaterThanThreshold"
        threshold   = 0
        minutes     = 15
        description = "A replica shard has no node for 15 minutes"
      }
      nodes = {
        metric      = "Nodes"
        statistic   = "Minimum"
        comparison  = "LessThanThreshold"
        threshold   = var.instance_count + 3
        minutes     = 60
        description = "A node is missing for an hour"
      }
      storage = {
        metric      = "FreeStorageSpace"
        statistic   = "Minimum"
        comparison  = "LessThanThreshold"
        threshold   = floor(var.storage_gib * 1024 / 5)
        minutes     = 1
        description = "A node has less than 20 % of its storage: increase storage_gib, or delete indices"
      }
      writes_blocked = {
        metric      = "ClusterIndexWritesBlocked"
        statistic   = "Maximum"
        comparison  = "GreaterThanThreshold"
        threshold   = 0
        minutes     = 5
        description = "The domain refuses writes, usually because storage or memory is short"
      }
      snapshots = {
        metric      = "AutomatedSnapshotFailure"
        statistic   = "Maximum"
        comparison  = "GreaterThanThreshold"
        threshold   = 0
        minutes     = 1
        description = "An automatic snapshot failed"
      }
      cpu = {
        metric      = "CPUUtilization"
        statistic   = "Maximum"
        comparison  = "GreaterThanThreshold"
        threshold   = 80
        minutes     = 45
        description = "CPU of a node above 80 % for 45 minutes"
      }
      memory = {
        metric      = "JVMMemoryPressure"
        statistic   = "Maximum"
        comparison  = "GreaterThanThreshold"
        threshold   = 95
        minutes     = 3
        description = "More than 95 % of the heap of a node is used"
      }
      master_cpu = {
        metric      = "MasterCPUUtilization"
        statistic   = "Maximum"
        comparison  = "GreaterThanThreshold"
        threshold   = 50
        minutes     = 45
        description = "CPU of a dedicated master above 50 % for 45 minutes: use a larger master_type"
      }
      master_memory = {
        metric      = "MasterJVMMemoryPressure"
        statistic   = "Maximum"
        comparison  = "GreaterThanThreshold"
        threshold   = 95
        minutes     = 3
        description = "More than 95 % of the heap of a dedicated master is used"
      }
    },
    var.kms_key_arn == null ? {} : {
      key = {
        metric      = "KMSKeyInaccessible"
        statistic   = "Maximum"
        comparison  = "GreaterThanThreshold"
        threshold   = 0
        minutes     = 1
        description = "The domain cannot use its KMS key: if the key is deleted, the data is lost"
      }
    },
  )
}

resource "aws_cloudwatch_metric_alarm" "search" {
  for_each = local.alarms

  alarm_name        = "${var.name}-${each.key}"
  alarm_description = each.value.description
  namespace         = "AWS/ES"
  metric_name       = each.value.metric
  dimensions = {
    DomainName = aws_opensearch_domain.this.domain_name
    ClientId   = data.aws_caller_identity.current.account_id
  }
  statistic           = each.value.statistic
  period              = 60
  evaluation_periods  = each.value.minutes
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  treat_missing_data  = "missing"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = local.tags
}
