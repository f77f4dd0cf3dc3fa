output "environment" {
  description = "Environment variables for the services that send and receive. None of them is sensitive."
  value = merge(
    { QUEUE_URL = aws_sqs_queue.this.url },
    var.topic ? { TOPIC_ARN = aws_sns_topic.this[0].arn } : {},
  )
}

output "producer_policy_arn" {
  description = "IAM policy to attach to the role of a service that sends."
  value       = aws_iam_policy.producer.arn
}

output "consumer_policy_arn" {
  description = "IAM policy to attach to the role of a service that receives."
  value       = aws_iam_policy.consumer.arn
}

output "queue_arn" {
  description = "ARN of the queue, for example for the event source of a function."
  value       = aws_sqs_queue.this.arn
}

output "dead_letter_queue_arn" {
  description = "ARN of the queue of dead letters, for operators."
  value       = aws_sqs_queue.dead_letters.arn
}
