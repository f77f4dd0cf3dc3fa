locals {
  # AWS publishes its applications once in each partition
  rotation_publishers = {
    aws        = "arn:aws:serverlessrepo:us-east-1:297356227824"
    aws-cn     = "arn:aws-cn:serverlessrepo:cn-north-1:193023089310"
    aws-us-gov = "arn:aws-us-gov:serverlessrepo:us-gov-west-1:023102451235"
  }
}

# AWS's rotation function for a single user. It logs in with the secret that it rotates, so it needs no rights of the
# master user. The application permits Secrets Manager to call the function.
resource "aws_serverlessapplicationrepository_cloudformation_stack" "rotation" {
  count = local.rotation_function ? 1 : 0

  name           = "${var.name}-rotation"
  application_id = "${local.rotation_publishers[data.aws_partition.current.partition]}:applications/SecretsManagerRDSPostgreSQLRotationSingleUser"
  capabilities   = ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"]
  tags           = local.tags

  parameters = merge(
    {
      functionName        = "${var.name}-rotation"
      endpoint            = "https://secretsmanager.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
      vpcSubnetIds        = join(",", var.subnet_ids)
      vpcSecurityGroupIds = aws_security_group.rotation[0].id
    },
    var.kms_key_arn == null ? {} : { kmsKeyArn = var.kms_key_arn },
  )
}

resource "aws_security_group" "rotation" {
  count = local.rotation_function ? 1 : 0

  name_prefix = "${var.name}-rotation-"
  description = "Rotation function of ${var.name}"
  vpc_id      = var.vpc_id
  tags        = merge(local.tags, { Name = "${var.name}-rotation" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "rotation_database" {
  count = local.rotation_function ? 1 : 0

  security_group_id            = aws_security_group.rotation[0].id
  referenced_security_group_id = aws_security_group.database.id
  description                  = "PostgreSQL to the database"
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  tags                         = local.tags
}

resource "aws_vpc_security_group_egress_rule" "rotation_secrets" {
  count = local.rotation_function ? 1 : 0

  security_group_id = aws_security_group.rotation[0].id
  cidr_ipv4         = "0.0.0.0/0"
  description       = "HTTPS to Secrets Manager"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  tags              = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "rotation" {
  count = local.rotation_function ? 1 : 0

  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.rotation[0].id
  description                  = "PostgreSQL from the rotation function"
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  tags                         = local.tags
}
