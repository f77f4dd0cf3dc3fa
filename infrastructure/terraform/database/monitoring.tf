locals {
  log_groups = merge([
    for instance in values(local.instances) : {
      for log in local.exported_logs : "${instance}/${log}" => "/aws/rds/instance/${instance}/${log}"
    }
  ]...)
}

resource "aws_cloudwatch_log_group" "exported" {
  for_each = local.log_groups

  name              = each.value
  retention_in_days = var.log_retention_days
  tags              = local.tags
}

resource "aws_iam_role" "monitoring" {
  name_prefix = "${substr(var.name, 0, 24)}-monitoring-"
  description = "Permits RDS to publish operating system metrics of ${var.name}"
  tags        = local.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "monitoring.rds.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  role       = aws_iam_role.monitoring.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}
