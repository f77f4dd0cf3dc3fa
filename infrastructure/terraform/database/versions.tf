terraform {
  # since 1.11 resources have write-only arguments
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # since 6.0 a resource may be in another region than its provider, as the replicated backups are
      version = ">= 6.0, < 7.0"
    }
  }
}
