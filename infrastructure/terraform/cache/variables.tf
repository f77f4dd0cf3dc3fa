variable "name" {
  description = "Name of the cache and prefix of all other names, for example prod-sessions."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "Use 3 to 24 lower-case letters, digits and single hyphens, beginning with a letter."
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
  description = "VPC of the cache."
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

variable "service_username" {
  description = "Second part of the user's name, which is <name>-<service_username>."
  type        = string
  default     = "app"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,14}$", var.service_username))
    error_message = "Use up to 15 lower-case letters and digits, beginning with a letter."
  }
}

variable "access_string" {
  description = "Keys, channels and commands that the service may use, as rules of an access control list."
  type        = string
  default     = "~* &* +@all -@dangerous +info"

  validation {
    condition     = length(trimspace(var.access_string)) > 0 && !can(regex("(^|\\s)(on|off|nopass|reset|resetpass|[<>#!]\\S*)(\\s|$)", var.access_string))
    error_message = "Use only rules of keys, channels and commands: the module enables the user, and the rotation sets its passwords."
  }
}

variable "iam_authentication" {
  description = "Whether the service logs in with authentication tokens (REDIS_AUTH=iam) instead of a secret. Set it before the first apply."
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
  description = "Rotation function of the service's secret; null for the function of this module."
  type        = string
  default     = null

  validation {
    condition     = var.rotation_lambda_arn == null || can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:", var.rotation_lambda_arn))
    error_message = "Use the ARN of a function: arn:aws:lambda:<region>:<account>:function:<name>."
  }
}

variable "engine_version" {
  description = "Valkey 7.2, 8 or one of its minor versions."
  type        = string
  default     = "8.0"

  validation {
    condition     = can(regex("^(7\\.2|8\\.[0-9]+)$", var.engine_version))
    error_message = "Use 7.2, 8.0 or a later minor version of Valkey 8."
  }
}

variable "node_type" {
  description = "Node type of the primary and its replicas."
  type        = string
  default     = "cache.m7g.large"

  validation {
    condition     = startswith(var.node_type, "cache.") && !can(regex("^cache\\.(t1|m1|m2|m3)\\.", var.node_type))
    error_message = "Use a current node type, for example cache.m7g.large."
  }
}

variable "replica_count" {
  description = "Number of replicas. A failover needs at least one."
  type        = number
  default     = 1

  validation {
    condition     = var.replica_count >= 1 && var.replica_count <= 5 && floor(var.replica_count) == var.replica_count
    error_message = "Multi-AZ needs 1 to 5 replicas."
  }
}

variable "maxmemory_policy" {
  description = "What the server does if its memory is full: noeviction refuses writes, the others evict keys."
  type        = string
  default     = "volatile-lru"

  validation {
    condition = contains(
      ["allkeys-lfu", "allkeys-lru", "allkeys-random", "noeviction", "volatile-lfu", "volatile-lru", "volatile-random", "volatile-ttl"],
      var.maxmemory_policy,
    )
    error_message = "Use noeviction, or one of allkeys-lfu, allkeys-lru, allkeys-random, volatile-lfu, volatile-lru, volatile-random and volatile-ttl."
  }
}

variable "maximum_evictions_per_minute" {
  description = "Evictions per minute above which the alarm fires."
  type        = number
  default     = 1000

  validation {
    condition     = var.maximum_evictions_per_minute >= 0
    error_message = "Use 0 or more evictions per minute."
  }
}

variable "snapshot_retention_days" {
  description = "Days that daily snapshots are kept; 0 for none, also at the end."
  type        = number
  default     = 7

  validation {
    condition     = var.snapshot_retention_days >= 0 && var.snapshot_retention_days <= 35
    error_message = "ElastiCache keeps snapshots for 0 to 35 days."
  }
}

variable "snapshot_window" {
  description = "Daily snapshot window in UTC. It must not overlap the maintenance window."
  type        = string
  default     = "01:00-02:00"
}

variable "maintenance_window" {
  description = "Weekly maintenance window in UTC."
  type        = string
  default     = "sun:03:00-sun:04:00"
}

variable "kms_key_arn" {
  description = "KMS key for storage, snapshots and the secret; null for keys that AWS manages."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "Use the ARN of a key: arn:aws:kms:<region>:<account>:key/<id>."
  }
}

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the slow log, the engine log and the log of rotations."
  type        = number
  default     = 90

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096 or 1827 days."
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics for alarms. The first one also gets events of ElastiCache."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
}
