# Packer 1.15 and later: the registry block stands at the top and may name channels to move.
packer {
  required_plugins {
    tarball = {
      source  = "github.com/ingot/tarball"
      version = ">= 1.0.0"
    }
  }
}

variable "bucket" {
  type = string
}

hcp_packer_registry {
  bucket_name = var.bucket
  channels    = ["staging", "absent"]
}

source "tarball-image" "site" {
  source = "site"
}

source "tarball-image" "docs" {
  source = "docs"
}

build {
  sources = ["source.tarball-image.site", "source.tarball-image.docs"]
}
