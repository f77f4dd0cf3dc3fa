data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

locals {
  port = 443
  tags = merge({ ManagedBy = "terraform", Search = var.name }, var.tags)

  # one zone for each subnet
  zones = length(var.subnet_ids)

  # known before the domain exists, so that its policy can name it
  domain_arn = join(":", [
    "arn",
    data.aws_partition.current.partition,
    "es",
    data.aws_region.current.region,
    data.aws_caller_identity.current.account_id,
    "domain/${var.name}",
  ])
}

resource "aws_opensearch_domain" "this" {
  domain_name     = var.name
  engine_version  = var.engine_version
  access_policies = data.aws_iam_policy_document.domain.json

  cluster_config {
    instance_type            = var.instance_type
    instance_count           = var.instance_count
    dedicated_master_enabled = true
    dedicated_master_type    = var.master_type
    dedicated_master_count   = 3
    zone_awareness_enabled   = true

    zone_awareness_config {
      availability_zone_count = local.zones
    }
  }

  vpc_options {
    subnet_ids         = var.subnet_ids
    security_group_ids = [aws_security_group.search.id]
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = var.storage_gib
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  node_to_node_encryption {
    enabled = true
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = var.kms_key_arn
  }

  # roles of IAM instead of users with passwords; admin_role_arn maps other roles to roles of OpenSearch
  advanced_security_options {
    enabled                        = true
    anonymous_auth_enabled         = false
    internal_user_database_enabled = false

    master_user_options {
      master_user_arn = var.admin_role_arn
    }
  }

  dynamic "log_publishing_options" {
    for_each = local.log_groups

    content {
      log_type                 = log_publishing_options.key
      cloudwatch_log_group_arn = aws_cloudwatch_log_group.exported[log_publishing_options.key].arn
    }
  }

  auto_tune_options {
    desired_state       = "ENABLED"
    use_off_peak_window = true
  }

  off_peak_window_options {
    enabled = true

    off_peak_window {
      window_start_time {
        hours   = var.off_peak_hour
        minutes = 0
      }
    }
  }

  software_update_options {
    auto_software_update_enabled = true
  }

  tags = local.tags

  # OpenSearch checks at creation that it may write the logs and may use the VPC
  depends_on = [aws_cloudwatch_log_resource_policy.search, aws_iam_service_linked_role.search]
}

# An account has this role once. The first domain in a VPC needs it.
resource "aws_iam_service_linked_role" "search" {
  count = var.create_service_linked_role ? 1 : 0

  aws_service_name = "opensearchservice.amazonaws.com"
  tags             = local.tags
}
