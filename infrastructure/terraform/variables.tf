variable "name" {
  description = "Name of the database and prefix of everything around it, such as prod-ledger."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "Use 3 to 42 lower-case letters, digits and single hyphens, beginning with a letter."
  }
}

variable "environment" {
  description = "Value of ENVIRONMENT for the service; anything but local, dev, development, test and ci is strict."
  type        = string
  default     = "production"

  validation {
    condition     = !contains(["local", "dev", "development", "test", "ci"], var.environment)
    error_message = "This module stands up production: choose a name that Wellhead treats as strict, such as production or staging."
  }
}

variable "database_name" {
  description = "Database that is created and that the service connects to."
  type        = string
  default     = "app"
}

variable "master_username" {
  description = "Master user. It logs in only to set the service's own role up."
  type        = string
  default     = "postgres"
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
  description = "Security groups of the services that may connect, by key. The keys are yours and must be known at plan time."
  type        = map(string)
  default     = {}
}

variable "engine_version" {
  description = "PostgreSQL version; minor versions are upgraded in the maintenance window."
  type        = string
  default     = "16"

  validation {
    condition     = can(regex("^16(\\.[0-9]+)?$", var.engine_version))
    error_message = "The parameter group is of family postgres16."
  }
}

variable "instance_class" {
  description = "Instance class of the primary and of the replicas."
  type        = string
  default     = "db.m7g.large"
}

variable "allocated_storage_gib" {
  description = "Storage at the start, in GiB."
  type        = number
  default     = 100
}

variable "max_allocated_storage_gib" {
  description = "What storage may grow to by itself, in GiB."
  type        = number
  default     = 1000
}

variable "max_connections" {
  description = "max_connections of the server. Pool size times instances of the service stays below it."
  type        = number
  default     = 200
}

variable "replica_count" {
  description = "Read replicas. Their endpoints become DB_READER_HOST."
  type        = number
  default     = 0

  validation {
    condition     = var.replica_count >= 0 && var.replica_count <= 15
    error_message = "RDS PostgreSQL has at most 15 read replicas."
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

variable "replicate_backups" {
  description = "Whether automated backups are replicated to the region of the provider aws.backup."
  type        = bool
  default     = false
}

variable "backup_kms_key_arn" {
  description = "KMS key in the backup region. Required with replicate_backups, since the storage is encrypted."
  type        = string
  default     = null
}

variable "rotation" {
  description = "Who rotates the secret: managed (RDS rotates its master user's own secret) or lambda (a rotation function rotates the service's secret)."
  type        = string
  default     = "managed"

  validation {
    condition     = contains(["managed", "lambda"], var.rotation)
    error_message = "Use managed or lambda."
  }
}

variable "rotation_days" {
  description = "Days between rotations."
  type        = number
  default     = 30
}

variable "rotation_lambda_arn" {
  description = "ARN of the rotation function, such as one of the templates for RDS PostgreSQL. Required with rotation = lambda."
  type        = string
  default     = null
}

variable "service_username" {
  description = "Role of the service, with rotation = lambda. The role is created by a migration, not here."
  type        = string
  default     = "app"
}

variable "iam_authentication" {
  description = "Whether IAM authentication is enabled on the instance (DB_AUTH=iam)."
  type        = bool
  default     = false
}

variable "proxy" {
  description = "Whether an RDS Proxy stands in front. The service then gets its endpoint and DB_POOLER=rds-proxy."
  type        = bool
  default     = false
}

variable "kms_key_arn" {
  description = "KMS key for storage, Performance Insights and the secret; null for the keys AWS manages."
  type        = string
  default     = null
}

variable "performance_insights_retention_days" {
  description = "Days of Performance Insights: 7, a multiple of 31 up to 713, or 731."
  type        = number
  default     = 7
}

variable "log_retention_days" {
  description = "Days the exported PostgreSQL logs are kept in CloudWatch."
  type        = number
  default     = 90
}

variable "alarm_topic_arns" {
  description = "SNS topics that alarms notify."
  type        = list(string)
  default     = []
}

variable "deletion_protection" {
  description = "Whether the instance refuses to be deleted."
  type        = bool
  default     = true
}

variable "maintenance_window" {
  description = "Weekly maintenance window, UTC."
  type        = string
  default     = "sun:03:00-sun:04:00"
}

variable "backup_window" {
  description = "Daily backup window, UTC; it does not overlap the maintenance window."
  type        = string
  default     = "01:00-02:00"
}

variable "tags" {
  description = "Tags on everything."
  type        = map(string)
  default     = {}
}
