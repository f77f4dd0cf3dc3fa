data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

locals {
  port = 5432
  tags = merge({ ManagedBy = "terraform", Database = var.name }, var.tags)

  # keys are the names in alarms
  instances = merge(
    { primary = var.name },
    { for number in range(1, var.replica_count + 1) : "replica-${number}" => "${var.name}-replica-${number}" },
  )

  # RDS writes the reason of a refused authentication token to a separate log
  exported_logs = concat(["postgresql", "upgrade"], var.iam_authentication ? ["iam-db-auth-error"] : [])
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Private subnets of ${var.name}"
  subnet_ids  = var.subnet_ids
  tags        = local.tags
}

resource "aws_db_instance" "primary" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class

  db_name  = var.database_name
  username = var.master_username
  port     = local.port

  password_wo         = jsondecode(ephemeral.aws_secretsmanager_secret_version.master.secret_string)["password"]
  password_wo_version = var.master_password_version

  iam_database_authentication_enabled = var.iam_authentication

  allocated_storage     = var.allocated_storage_gib
  max_allocated_storage = var.max_allocated_storage_gib
  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  multi_az               = true
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.database.id]
  publicly_accessible    = false
  ca_cert_identifier     = "rds-ca-rsa2048-g1"
  parameter_group_name   = aws_db_parameter_group.this.name

  backup_retention_period   = var.backup_retention_days
  backup_window             = var.backup_window
  maintenance_window        = var.maintenance_window
  copy_tags_to_snapshot     = true
  delete_automated_backups  = false
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final"

  auto_minor_version_upgrade = true
  apply_immediately          = false

  database_insights_mode                = var.database_insights_mode
  performance_insights_enabled          = true
  performance_insights_retention_period = var.performance_insights_retention_days
  performance_insights_kms_key_id       = var.kms_key_arn
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  enabled_cloudwatch_logs_exports       = local.exported_logs

  tags = local.tags

  # without these groups RDS creates log groups that never expire
  depends_on = [aws_cloudwatch_log_group.exported, aws_iam_role_policy_attachment.monitoring]
}

resource "aws_db_instance" "replica" {
  count = var.replica_count

  identifier          = "${var.name}-replica-${count.index + 1}"
  replicate_source_db = aws_db_instance.primary.identifier
  instance_class      = coalesce(var.replica_instance_class, var.instance_class)

  iam_database_authentication_enabled = var.iam_authentication

  max_allocated_storage = var.max_allocated_storage_gib
  storage_type          = "gp3"
  storage_encrypted     = true

  vpc_security_group_ids = [aws_security_group.database.id]
  publicly_accessible    = false
  ca_cert_identifier     = "rds-ca-rsa2048-g1"
  parameter_group_name   = aws_db_parameter_group.this.name

  maintenance_window         = var.maintenance_window
  auto_minor_version_upgrade = true
  apply_immediately          = false
  copy_tags_to_snapshot      = true
  deletion_protection        = var.deletion_protection
  # a replica holds no data that the primary does not have
  skip_final_snapshot = true

  database_insights_mode                = var.database_insights_mode
  performance_insights_enabled          = true
  performance_insights_retention_period = var.performance_insights_retention_days
  performance_insights_kms_key_id       = var.kms_key_arn
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  enabled_cloudwatch_logs_exports       = local.exported_logs

  tags = local.tags

  depends_on = [aws_cloudwatch_log_group.exported]

  lifecycle {
    precondition {
      condition     = aws_db_instance.primary.manage_master_user_password != true
      error_message = "RDS refuses read replicas of an instance whose master password it manages: keep the password of master.tf, or set replica_count to 0."
    }
  }
}

resource "aws_db_instance_automated_backups_replication" "this" {
  count  = var.backup_region == null ? 0 : 1
  region = var.backup_region

  source_db_instance_arn = aws_db_instance.primary.arn
  kms_key_id             = var.backup_kms_key_arn
  retention_period       = var.backup_retention_days
}
