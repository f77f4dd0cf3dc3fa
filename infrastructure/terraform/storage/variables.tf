variable "name" {
  description = "Name of the bucket without the account, and prefix of all other names, for example prod-statements."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "Use 3 to 42 lower-case letters, digits and single hyphens, beginning with a letter."
  }
}

variable "bucket_name" {
  description = "Name of the bucket; null for <name>-<account>. Names are unique in all accounts."
  type        = string
  default     = null

  validation {
    condition     = var.bucket_name == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "Use 3 to 63 lower-case letters, digits and hyphens. With dots, TLS cannot verify the bucket's host name."
  }
}

variable "prefix" {
  description = "Beginning of the keys that the service may use, for example statements/; null for all."
  type        = string
  default     = null

  validation {
    condition     = var.prefix == null || can(regex("^[A-Za-z0-9][A-Za-z0-9/_.-]*/$", var.prefix))
    error_message = "Use letters, digits, slashes, hyphens, underscores and dots, with a slash at the end."
  }
}

variable "noncurrent_version_days" {
  description = "Days that replaced and deleted objects can be restored."
  type        = number
  default     = 90

  validation {
    condition     = var.noncurrent_version_days >= 1 && floor(var.noncurrent_version_days) == var.noncurrent_version_days
    error_message = "Use a whole number, 1 or more."
  }
}

variable "infrequent_access_days" {
  description = "Age in days at which objects move to a storage class with cheaper storage and more expensive reads; null for never."
  type        = number
  default     = null

  validation {
    condition     = var.infrequent_access_days == null || try(var.infrequent_access_days >= 30 && floor(var.infrequent_access_days) == var.infrequent_access_days, false)
    error_message = "S3 moves objects to infrequent access after 30 days at the earliest."
  }
}

variable "expiration_days" {
  description = "Age in days at which objects are deleted; null for never."
  type        = number
  default     = null

  validation {
    condition     = var.expiration_days == null || try(var.expiration_days >= 1 && floor(var.expiration_days) == var.expiration_days, false)
    error_message = "Use a whole number, 1 or more."
  }

  validation {
    condition     = var.expiration_days == null || var.infrequent_access_days == null || try(var.expiration_days > var.infrequent_access_days, false)
    error_message = "Objects must expire after they move to infrequent access."
  }
}

variable "replica_bucket_arn" {
  description = "Bucket that objects are replicated to; null for none. It needs versioning."
  type        = string
  default     = null

  validation {
    condition     = var.replica_bucket_arn == null || can(regex("^arn:[a-z-]+:s3:::[a-z0-9.-]+$", var.replica_bucket_arn))
    error_message = "Use the ARN of a bucket: arn:aws:s3:::<bucket>."
  }

  validation {
    condition     = var.replica_bucket_arn == null || (var.kms_key_arn != null && var.replica_kms_key_arn != null)
    error_message = "Set kms_key_arn and replica_kms_key_arn: S3 may use keys that AWS manages only in their own account and region."
  }
}

variable "replica_kms_key_arn" {
  description = "KMS key of the replica, in its region. Required with replica_bucket_arn."
  type        = string
  default     = null

  validation {
    condition     = var.replica_kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.replica_kms_key_arn))
    error_message = "Use the ARN of a key: arn:aws:kms:<region>:<account>:key/<id>."
  }
}

variable "log_bucket" {
  description = "Bucket for access logs, which permits logging.s3.amazonaws.com to write; null for none."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "KMS key of the objects; null for the key that AWS manages."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "Use the ARN of a key: arn:aws:kms:<region>:<account>:key/<id>."
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics for alarms."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
}
