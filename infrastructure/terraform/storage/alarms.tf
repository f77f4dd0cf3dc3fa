locals {
  replication_dimensions = {
    SourceBucket      = local.bucket
    DestinationBucket = try(split(":::", var.replica_bucket_arn)[1], "")
    RuleId            = "all"
  }

  of_the_bucket = {
    errors = {
      metric      = "5xxErrors"
      dimensions  = { BucketName = local.bucket, FilterId = "EntireBucket" }
      statistic   = "Average"
      threshold   = 0.01
      description = "More than 1 % of the requests fail in S3"
    }
  }

  of_the_replication = {
    replication_failures = {
      metric      = "OperationsFailedReplication"
      dimensions  = local.replication_dimensions
      statistic   = "Sum"
      threshold   = 0
      description = "Objects were not replicated: check the policies of the replica's bucket and key"
    }
    replication_latency = {
      metric      = "ReplicationLatency"
      dimensions  = local.replication_dimensions
      statistic   = "Maximum"
      threshold   = 900
      description = "The replication is more than 15 minutes behind"
    }
  }
}

# S3 sends metrics of requests only if this resource requests them.
resource "aws_s3_bucket_metric" "requests" {
  bucket = aws_s3_bucket.this.id
  name   = "EntireBucket"
}

resource "aws_cloudwatch_metric_alarm" "bucket" {
  for_each = merge(local.of_the_bucket, local.replicated ? local.of_the_replication : {})

  alarm_name          = "${local.bucket}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/S3"
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  # S3 sends no metrics of an unused bucket
  treat_missing_data = "notBreaching"
  alarm_actions      = var.alarm_topic_arns
  ok_actions         = var.alarm_topic_arns
  tags               = local.tags
}
