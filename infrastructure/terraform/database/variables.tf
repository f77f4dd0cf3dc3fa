variable "name" {
  description = "Name of the database and prefix of all other names, for example prod-ledger."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "Use 3 to 42 lower-case letters, digits and single hyphens, beginning with a letter."
  }
}

variable "environment" {
  description = "Value of ENVIRONMENT for the service."
  type        = string
  default     = "production"

  validation {
    condition     = !contains(["", "local", "dev", "development", "test", "ci"], lower(trimspace(var.environment)))
    error_message = "Wellhead is lenient in local, dev, development, test and ci. Use another name, for example production or staging."
  }
}

variable "vpc_id" {
  description = "VPC of the database."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two availability zones."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "Multi-AZ needs subnets in at least two availability zones."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may connect. The keys are your choice and must be known at plan time."
  type        = map(string)
  default     = {}
}

variable "database_name" {
  description = "Name of the database that is created and that the service uses."
  type        = string
  default     = "app"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9_]{0,62}$", var.database_name))
    error_message = "Use up to 63 letters, digits and underscores, beginning with a letter."
  }
}

variable "master_username" {
  description = "Master user, for administrators. The service does not use it."
  type        = string
  default     = "postgres"
}

variable "master_password_version" {
  description = "Increase it to set a new random password of the master user."
  type        = number
  default     = 1

  validation {
    condition     = var.master_password_version >= 1 && floor(var.master_password_version) == var.master_password_version
    error_message = "Use a whole number, 1 or more."
  }
}

variable "service_username" {
  description = "Role of the service. You create it once, as the README shows."
  type        = string
  default     = "app"

  validation {
    condition     = can(regex("^[a-z_][a-z0-9_]{0,62}$", var.service_username))
    error_message = "Use up to 63 lower-case letters, digits and underscores, beginning with a letter or an underscore."
  }

  validation {
    condition     = var.service_username != var.master_username
    error_message = "The service needs a role of its own: the master user has the rights of rds_superuser."
  }
}

variable "iam_authentication" {
  description = "Whether the service logs in with authentication tokens (DB_AUTH=iam) instead of a secret."
  type        = bool
  default     = false
}

variable "rotation_days" {
  description = "Days between rotations of the service's secret."
  type        = number
  default     = 30

  validation {
    condition     = var.rotation_days >= 1 && var.rotation_days <= 1000
    error_message = "Secrets Manager rotates every 1 to 1000 days."
  }
}

variable "rotation_lambda_arn" {
  description = "Rotation function of the service's secret; null to install AWS's function for a single user."
  type        = string
  default     = null

  validation {
    condition     = var.rotation_lambda_arn == null || can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:", var.rotation_lambda_arn))
    error_message = "Use the ARN of a function: arn:aws:lambda:<region>:<account>:function:<name>."
  }
}

variable "proxy" {
  description = "Whether to add RDS Proxy in front of the primary. DB_HOST is then its endpoint, and DB_POOLER is set."
  type        = bool
  default     = false
}

variable "engine_version" {
  description = "PostgreSQL 16 or one of its minor versions. Newer minor versions are installed in the maintenance window."
  type        = string
  default     = "16"

  validation {
    condition     = can(regex("^16(\\.[0-9]+)?$", var.engine_version))
    error_message = "The parameter group is of family postgres16."
  }
}

variable "instance_class" {
  description = "Instance class of the primary and its standby."
  type        = string
  default     = "db.m7g.large"
}

variable "replica_count" {
  description = "Number of read replicas. Their endpoints become DB_READER_HOST."
  type        = number
  default     = 0

  validation {
    condition     = var.replica_count >= 0 && var.replica_count <= 15 && floor(var.replica_count) == var.replica_count
    error_message = "RDS for PostgreSQL has at most 15 read replicas."
  }
}

variable "replica_instance_class" {
  description = "Instance class of the replicas; null for the class of the primary."
  type        = string
  default     = null
}

variable "allocated_storage_gib" {
  description = "Initial storage in GiB."
  type        = number
  default     = 100

  validation {
    condition     = var.allocated_storage_gib >= 20 && var.allocated_storage_gib <= 65536
    error_message = "gp3 storage is 20 to 65536 GiB."
  }
}

variable "max_allocated_storage_gib" {
  description = "Limit of automatic storage growth in GiB. Storage never shrinks."
  type        = number
  default     = 1000

  validation {
    condition     = var.max_allocated_storage_gib >= var.allocated_storage_gib * 1.1
    error_message = "RDS requires max_allocated_storage_gib to be at least a tenth above allocated_storage_gib."
  }
}

variable "max_connections" {
  description = "max_connections of the server. It must exceed the sum of all pool sizes over all service instances."
  type        = number
  default     = 200

  validation {
    condition     = var.max_connections >= 25 && var.max_connections <= 5000
    error_message = "Use 25 to 5000 connections. Each connection uses memory of the server."
  }
}

variable "backup_retention_days" {
  description = "Days of point-in-time recovery."
  type        = number
  default     = 35

  validation {
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35
    error_message = "RDS keeps automated backups for 1 to 35 days."
  }
}

variable "backup_region" {
  description = "Region that automated backups are replicated to; null for none."
  type        = string
  default     = null
}

variable "backup_kms_key_arn" {
  description = "KMS key in backup_region. Required with backup_region, because the storage is encrypted."
  type        = string
  default     = null

  validation {
    condition     = var.backup_region == null || var.backup_kms_key_arn != null
    error_message = "Set backup_kms_key_arn: encrypted backups need a key of the region they are replicated to."
  }
}

variable "backup_window" {
  description = "Daily backup window in UTC. It must not overlap the maintenance window."
  type        = string
  default     = "01:00-02:00"
}

variable "maintenance_window" {
  description = "Weekly maintenance window in UTC."
  type        = string
  default     = "sun:03:00-sun:04:00"
}

variable "deletion_protection" {
  description = "Whether the primary and the replicas are protected from deletion."
  type        = bool
  default     = true
}

variable "kms_key_arn" {
  description = "KMS key for storage, Performance Insights and secrets; null for keys that AWS manages."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "Use the ARN of a key: arn:aws:kms:<region>:<account>:key/<id>."
  }
}

variable "database_insights_mode" {
  description = "Mode of CloudWatch Database Insights: standard, or advanced, which costs per vCPU and keeps 465 days."
  type        = string
  default     = "standard"

  validation {
    condition     = contains(["standard", "advanced"], var.database_insights_mode)
    error_message = "Use standard or advanced."
  }
}

variable "performance_insights_retention_days" {
  description = "Days that Performance Insights keeps its data: 7, a multiple of 31 up to 713, or 731."
  type        = number
  default     = 7

  validation {
    condition = contains(
      concat([7, 731], [for months in range(1, 24) : months * 31]),
      var.performance_insights_retention_days,
    )
    error_message = "Use 7, a multiple of 31 up to 713, or 731."
  }

  validation {
    condition     = var.database_insights_mode != "advanced" || var.performance_insights_retention_days >= 465
    error_message = "The advanced mode of Database Insights requires at least 465 days."
  }
}

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the exported PostgreSQL logs."
  type        = number
  default     = 90

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096 or 1827 days."
  }
}

variable "audit_log" {
  description = "Classes of statements that pgaudit logs: ddl, function, misc, misc_set, read, role, write, all or none."
  type        = list(string)
  default     = ["ddl", "role"]

  validation {
    condition = length(var.audit_log) > 0 && alltrue([
      for class in var.audit_log :
      contains(["ddl", "function", "misc", "misc_set", "read", "role", "write", "all", "none"], trimprefix(class, "-"))
    ])
    error_message = "Use one or more of ddl, function, misc, misc_set, read, role, write, all and none; a class with a leading hyphen is left out."
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics for alarms and events of RDS."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
}
