variable "name" {
  description = "Name of the workspace and prefix of all other names, for example prod-metrics."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "Use 3 to 42 lower-case letters, digits and single hyphens, beginning with a letter."
  }
}

variable "wellhead_rules" {
  description = "Whether to install the alert rules of infrastructure/observability."
  type        = bool
  default     = true
}

variable "documentation_url" {
  description = "Address of your copy of docs/, for links to the on-call page in alerts. It ends with a slash."
  type        = string
  default     = "docs/"

  validation {
    condition     = var.documentation_url == "docs/" || can(regex("^https://[^\"\\s]+/$", var.documentation_url))
    error_message = "Use an address that begins with https:// and ends with a slash."
  }
}

variable "rules" {
  description = "More files of rules, as YAML. The keys are the names of the namespaces."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name, rules in var.rules : can(yamldecode(rules).groups) && name != "wellhead"])
    error_message = "Use YAML with groups, as Prometheus reads it. The name wellhead is taken."
  }
}

variable "retention_days" {
  description = "Days that samples are kept."
  type        = number
  default     = 150

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 1095 && floor(var.retention_days) == var.retention_days
    error_message = "The workspace keeps samples for 1 to 1095 days."
  }
}

variable "database_identifiers" {
  description = "RDS instances that the dashboard shows."
  type        = list(string)
  default     = []
}

variable "cache_node_ids" {
  description = "ElastiCache nodes that the dashboard shows, for example prod-sessions-001."
  type        = list(string)
  default     = []
}

variable "queue_names" {
  description = "SQS queues that the dashboard shows."
  type        = list(string)
  default     = []
}

variable "search_domain_names" {
  description = "OpenSearch domains that the dashboard shows."
  type        = list(string)
  default     = []
}

variable "kms_key_arn" {
  description = "KMS key of the samples; null for a key that AWS owns. It cannot be changed later."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "Use the ARN of a key: arn:aws:kms:<region>:<account>:key/<id>."
  }
}

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the log of rules and notifications."
  type        = number
  default     = 90

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096 or 1827 days."
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics for alarms, and for alerts of the rules."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.alarm_topic_arns : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:", arn))])
    error_message = "Use ARNs of topics: arn:aws:sns:<region>:<account>:<name>."
  }
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
}
