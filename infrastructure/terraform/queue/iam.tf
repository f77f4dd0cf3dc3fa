# Publishing to the topic, or sending to the queue if there is no topic.
data "aws_iam_policy_document" "producer" {
  statement {
    sid       = "Send"
    actions   = [var.topic ? "sns:Publish" : "sqs:SendMessage"]
    resources = [var.topic ? aws_sns_topic.this[0].arn : aws_sqs_queue.this.arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "EncryptMessages"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["${var.topic ? "sns" : "sqs"}.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"]
      }
    }
  }
}

# Receiving and deleting messages of one queue. The queue of dead letters is for operators.
data "aws_iam_policy_document" "consumer" {
  statement {
    sid = "Receive"
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
    ]
    resources = [aws_sqs_queue.this.arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "DecryptMessages"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["sqs.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"]
      }
    }
  }
}

resource "aws_iam_policy" "producer" {
  name_prefix = "${var.name}-producer-"
  description = "Sends messages of ${var.name}; attach this policy to the role of the service that sends"
  policy      = data.aws_iam_policy_document.producer.json
  tags        = local.tags
}

resource "aws_iam_policy" "consumer" {
  name_prefix = "${var.name}-consumer-"
  description = "Receives messages of ${var.name}; attach this policy to the role of the service that receives"
  policy      = data.aws_iam_policy_document.consumer.json
  tags        = local.tags
}
