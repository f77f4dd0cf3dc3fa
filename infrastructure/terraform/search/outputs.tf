output "environment" {
  description = "Environment variables for the service. None of them is sensitive."
  value       = { OPENSEARCH_URL = "https://${aws_opensearch_domain.this.endpoint}" }
}

output "service_policy_arn" {
  description = "IAM policy to attach to the role of the service."
  value       = aws_iam_policy.service.arn
}

output "dashboard_url" {
  description = "OpenSearch Dashboards, for administrators in the VPC."
  value       = "https://${aws_opensearch_domain.this.dashboard_endpoint}"
}

output "security_group_id" {
  description = "Security group of the domain."
  value       = aws_security_group.search.id
}
