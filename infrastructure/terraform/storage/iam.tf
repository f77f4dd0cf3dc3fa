# Reading, writing and deleting objects. A deletion keeps the versions, which only an administrator removes.
data "aws_iam_policy_document" "service" {
  statement {
    sid       = "ListObjects"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.this.arn]

    dynamic "condition" {
      for_each = var.prefix == null ? [] : [var.prefix]

      content {
        test     = "StringLike"
        variable = "s3:prefix"
        values   = ["${condition.value}*"]
      }
    }
  }

  statement {
    sid = "UseObjects"
    actions = [
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
    ]
    resources = ["${aws_s3_bucket.this.arn}/${local.prefix}*"]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "EncryptObjects"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"]
      }

      # the bucket with a bucket key, the object without one
      condition {
        test     = "StringLike"
        variable = "kms:EncryptionContext:aws:s3:arn"
        values   = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/${local.prefix}*"]
      }
    }
  }
}

resource "aws_iam_policy" "service" {
  name_prefix = "${var.name}-service-"
  description = "Access of a service to ${local.bucket}; attach this policy to the role of the service"
  policy      = data.aws_iam_policy_document.service.json
  tags        = local.tags
}
