terraform {
  # since 1.9 the validation of a variable may refer to other variables
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # since 6.0 a resource may be in another region than its provider, as the replicated backups are
      version = ">= 6.0, < 7.0"
    }
  }
}
