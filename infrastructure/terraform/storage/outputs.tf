output "environment" {
  description = "Environment variables for the service. None of them is sensitive."
  value       = { BUCKET = aws_s3_bucket.this.bucket }
}

output "service_policy_arn" {
  description = "IAM policy to attach to the role of the service."
  value       = aws_iam_policy.service.arn
}

output "bucket_arn" {
  description = "ARN of the bucket, for example as replica_bucket_arn of another one."
  value       = aws_s3_bucket.this.arn
}
