locals {
  alarms = merge(
    {
      dead_letters = {
        namespace   = "AWS/SQS"
        metric      = "ApproximateNumberOfMessagesVisible"
        dimensions  = { QueueName = aws_sqs_queue.dead_letters.name }
        statistic   = "Maximum"
        threshold   = 0
        description = "A message could not be processed: read it in ${aws_sqs_queue.dead_letters.name}, correct the cause, and start a redrive"
      }
      age = {
        namespace   = "AWS/SQS"
        metric      = "ApproximateAgeOfOldestMessage"
        dimensions  = { QueueName = aws_sqs_queue.this.name }
        statistic   = "Maximum"
        threshold   = var.maximum_age_seconds
        description = "The oldest message waits longer than ${var.maximum_age_seconds} s: no consumer is running, or the consumers are too slow"
      }
    },
    var.topic ? {
      deliveries = {
        namespace   = "AWS/SNS"
        metric      = "NumberOfNotificationsFailed"
        dimensions  = { TopicName = aws_sns_topic.this[0].name }
        statistic   = "Sum"
        threshold   = 0
        description = "SNS could not deliver a message: check the policies of the queue and of the key"
      }
    } : {},
  )
}

resource "aws_cloudwatch_metric_alarm" "queue" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  # SQS sends no metrics of an unused queue
  treat_missing_data = "notBreaching"
  alarm_actions      = var.alarm_topic_arns
  ok_actions         = var.alarm_topic_arns
  tags               = local.tags
}
