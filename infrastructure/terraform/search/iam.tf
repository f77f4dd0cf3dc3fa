locals {
  # every method, but no action that configures or deletes the domain
  methods = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"]
}

# Identities of this account, if a policy of their own permits it too: below, and in OpenSearch itself.
data "aws_iam_policy_document" "domain" {
  statement {
    sid       = "AllowAccount"
    actions   = local.methods
    resources = ["${local.domain_arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

# The methods that a client of indices needs. Which indices it may use is decided by the role that OpenSearch maps it to.
data "aws_iam_policy_document" "service" {
  statement {
    sid       = "UseIndices"
    actions   = setsubtract(local.methods, ["es:ESHttpPatch"])
    resources = ["${local.domain_arn}/*"]
  }
}

resource "aws_iam_policy" "service" {
  name_prefix = "${var.name}-service-"
  description = "Access of a service to ${var.name}; attach this policy to the role of the service"
  policy      = data.aws_iam_policy_document.service.json
  tags        = local.tags
}
