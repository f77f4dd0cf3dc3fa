terraform {
  # variables are validated against each other
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # from 6.0 on a resource can be in another region than its provider: replicated backups are
      version = ">= 6.0, < 7.0"
    }
  }
}
