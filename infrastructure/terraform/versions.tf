terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0, < 7.0"
      # the second region is only for replicated backups
      configuration_aliases = [aws.backup]
    }
  }
}
