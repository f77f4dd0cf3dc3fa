variable "name" {
  description = "Name of the domain and prefix of all other names, for example prod-ledger."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,26}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "Use 3 to 28 lower-case letters, digits and single hyphens, beginning with a letter."
  }
}

variable "vpc_id" {
  description = "VPC of the domain."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in two or three availability zones, one in each."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) == 2 || length(var.subnet_ids) == 3
    error_message = "OpenSearch distributes a domain over two or three availability zones."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may connect. The keys are your choice and must be known at plan time."
  type        = map(string)
  default     = {}
}

variable "admin_role_arn" {
  description = "IAM role of administrators, which maps the role of the service to a role of OpenSearch."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/", var.admin_role_arn))
    error_message = "Use the ARN of a role: arn:aws:iam::<account>:role/<name>."
  }
}

variable "create_service_linked_role" {
  description = "Whether to create the role AWSServiceRoleForAmazonOpenSearchService, which an account has once."
  type        = bool
  default     = false
}

variable "engine_version" {
  description = "Version of OpenSearch."
  type        = string
  default     = "OpenSearch_2.19"

  validation {
    condition     = can(regex("^OpenSearch_(2\\.(19|[2-9][0-9])|[3-9]\\.[0-9]+)$", var.engine_version))
    error_message = "Use OpenSearch_2.19 or later."
  }
}

variable "instance_type" {
  description = "Instance type of the data nodes."
  type        = string
  default     = "r7g.large.search"

  validation {
    condition     = endswith(var.instance_type, ".search") && !can(regex("^(t2|t3|m3|r3|i2)\\.", var.instance_type))
    error_message = "Use a current instance type that ends in .search, for example r7g.large.search. Auto-Tune does not support t2 and t3."
  }
}

variable "instance_count" {
  description = "Number of data nodes, a multiple of the number of subnets."
  type        = number
  default     = 3

  validation {
    condition     = var.instance_count >= 2 && var.instance_count <= 80 && var.instance_count % max(length(var.subnet_ids), 1) == 0
    error_message = "Use 2 to 80 nodes, and a multiple of the number of subnets."
  }
}

variable "master_type" {
  description = "Instance type of the three dedicated master nodes."
  type        = string
  default     = "m7g.large.search"

  validation {
    condition     = endswith(var.master_type, ".search")
    error_message = "Use an instance type that ends in .search, for example m7g.large.search."
  }
}

variable "storage_gib" {
  description = "Storage of each data node in GiB."
  type        = number
  default     = 100

  validation {
    condition     = var.storage_gib >= 10 && var.storage_gib <= 16384 && floor(var.storage_gib) == var.storage_gib
    error_message = "Use 10 to 16384 GiB. Each instance type has a limit of its own."
  }
}

variable "off_peak_hour" {
  description = "Hour of the day, in UTC, at which the window of ten hours for updates begins."
  type        = number
  default     = 22

  validation {
    condition     = var.off_peak_hour >= 0 && var.off_peak_hour <= 23 && floor(var.off_peak_hour) == var.off_peak_hour
    error_message = "Use an hour from 0 to 23."
  }
}

variable "kms_key_arn" {
  description = "KMS key of storage and snapshots; null for the key that AWS manages."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "Use the ARN of a key: arn:aws:kms:<region>:<account>:key/<id>."
  }
}

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the slow logs, the application log and the audit log."
  type        = number
  default     = 90

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096 or 1827 days."
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
