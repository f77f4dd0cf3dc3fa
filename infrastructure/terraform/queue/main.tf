data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

locals {
  tags   = merge({ ManagedBy = "terraform", Queue = var.name }, var.tags)
  suffix = var.fifo ? ".fifo" : ""
  day    = 86400
}

resource "aws_sqs_queue" "this" {
  name                       = "${var.name}${local.suffix}"
  fifo_queue                 = var.fifo
  deduplication_scope        = var.fifo ? "messageGroup" : null
  fifo_throughput_limit      = var.fifo ? "perMessageGroupId" : null
  visibility_timeout_seconds = var.visibility_timeout_seconds
  message_retention_seconds  = var.retention_days * local.day
  # long polling: fewer requests, and messages arrive sooner
  receive_wait_time_seconds = 20

  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = var.kms_key_arn == null ? null : 300
  sqs_managed_sse_enabled           = var.kms_key_arn == null ? true : null

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = var.maximum_receives
  })

  tags = local.tags
}

# Messages that were received maximum_receives times and not deleted. It keeps them for the longest time that SQS permits.
resource "aws_sqs_queue" "dead_letters" {
  name                      = "${var.name}-dead-letters${local.suffix}"
  fifo_queue                = var.fifo
  message_retention_seconds = 14 * local.day

  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = var.kms_key_arn == null ? null : 300
  sqs_managed_sse_enabled           = var.kms_key_arn == null ? true : null

  tags = local.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.url

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.this.arn]
  })
}

resource "aws_sns_topic" "this" {
  count = var.topic ? 1 : 0

  name                  = "${var.name}${local.suffix}"
  fifo_topic            = var.fifo
  fifo_throughput_scope = var.fifo ? "MessageGroup" : null
  # unlike SQS, SNS has no encryption without a KMS key
  kms_master_key_id = coalesce(var.kms_key_arn, "alias/aws/sns")
  tags              = local.tags
}

resource "aws_sns_topic_subscription" "queue" {
  count = var.topic ? 1 : 0

  topic_arn = aws_sns_topic.this[0].arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.this.arn
  # the consumer gets the message as it was published, as from a producer without a topic
  raw_message_delivery = true
  filter_policy        = var.filter_policy
  filter_policy_scope  = var.filter_policy == null ? null : "MessageAttributes"

  # messages that SNS cannot deliver, for example because a key of the queue is disabled
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead_letters.arn })

  # without the policy the first messages would be lost
  depends_on = [aws_sqs_queue_policy.this]
}
