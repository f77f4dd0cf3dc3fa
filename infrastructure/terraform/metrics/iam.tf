# Writing samples. The collector needs nothing else.
data "aws_iam_policy_document" "collector" {
  statement {
    sid       = "WriteSamples"
    actions   = ["aps:RemoteWrite"]
    resources = [aws_prometheus_workspace.this.arn]
  }
}

# Queries, for Grafana and other readers.
data "aws_iam_policy_document" "reader" {
  statement {
    sid       = "Query"
    actions   = ["aps:GetLabels", "aps:GetMetricMetadata", "aps:GetSeries", "aps:QueryMetrics"]
    resources = [aws_prometheus_workspace.this.arn]
  }
}

resource "aws_iam_policy" "collector" {
  name_prefix = "${var.name}-collector-"
  description = "Writes samples to ${var.name}; attach this policy to the role of the collector, or of a service that writes itself"
  policy      = data.aws_iam_policy_document.collector.json
  tags        = local.tags
}

resource "aws_iam_policy" "reader" {
  name_prefix = "${var.name}-reader-"
  description = "Queries ${var.name}; attach this policy to the role of Grafana"
  policy      = data.aws_iam_policy_document.reader.json
  tags        = local.tags
}
