output "environment" {
  description = "Environment variables for the collector. None of them is sensitive."
  value       = { PROMETHEUS_REMOTE_WRITE_URL = "${aws_prometheus_workspace.this.prometheus_endpoint}api/v1/remote_write" }
}

output "collector_policy_arn" {
  description = "IAM policy to attach to the role of the collector."
  value       = aws_iam_policy.collector.arn
}

output "reader_policy_arn" {
  description = "IAM policy to attach to the role of Grafana."
  value       = aws_iam_policy.reader.arn
}

output "query_url" {
  description = "Address of the workspace as a Prometheus data source, with SigV4 authentication."
  value       = aws_prometheus_workspace.this.prometheus_endpoint
}
