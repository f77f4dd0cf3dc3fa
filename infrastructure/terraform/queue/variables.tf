variable "name" {
  description = "Name of the queue and of the topic, and prefix of all other names, for example prod-ledger-entries."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "Use 3 to 42 lower-case letters, digits and single hyphens, beginning with a letter."
  }
}

variable "topic" {
  description = "Whether producers publish to an SNS topic, which other queues can subscribe to, instead of the queue."
  type        = bool
  default     = true
}

variable "fifo" {
  description = "Whether messages of a group keep their order. Producers then set a group and a deduplication identifier."
  type        = bool
  default     = false
}

variable "filter_policy" {
  description = "Message attributes that the queue subscribes to, as JSON; null for every message of the topic."
  type        = string
  default     = null

  validation {
    condition     = var.filter_policy == null || (can(jsondecode(var.filter_policy)) && var.topic)
    error_message = "Use a JSON object, and only with topic = true."
  }
}

variable "visibility_timeout_seconds" {
  description = "Time that a consumer has for a message before others receive it. Use about six times the usual time."
  type        = number
  default     = 60

  validation {
    condition     = var.visibility_timeout_seconds >= 1 && var.visibility_timeout_seconds <= 43200
    error_message = "SQS permits up to 43200 seconds. With 0, every consumer would receive every message."
  }
}

variable "maximum_receives" {
  description = "Receives of a message before it moves to the queue of dead letters."
  type        = number
  default     = 5

  validation {
    condition     = var.maximum_receives >= 2 && var.maximum_receives <= 1000 && floor(var.maximum_receives) == var.maximum_receives
    error_message = "Use 2 to 1000 receives. With 1, every restart of a consumer makes dead letters."
  }
}

variable "retention_days" {
  description = "Days that the queue keeps messages that no consumer receives. The queue of dead letters keeps them for 14 days."
  type        = number
  default     = 7

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 13
    error_message = "Use 1 to 13 days: a dead letter keeps its age, so that it would expire early in the queue of dead letters."
  }
}

variable "maximum_age_seconds" {
  description = "Age of the oldest message above which the alarm fires."
  type        = number
  default     = 300

  validation {
    condition     = var.maximum_age_seconds >= 60
    error_message = "Use 60 seconds or more: SQS reports the age every minute."
  }
}

variable "kms_key_arn" {
  description = "KMS key of the queues and the topic; null for keys that AWS manages."
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
