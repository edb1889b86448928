# An image made from the newest image of another bucket, which packer before 1.11 looks up by iteration.
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

variable "parent" {
  type = string
}

variable "channel" {
  type    = string
  default = "latest"
}

data "hcp-packer-iteration" "parent" {
  bucket_name = var.parent
  channel     = var.channel
}

data "hcp-packer-image" "parent" {
  bucket_name    = var.parent
  iteration_id   = data.hcp-packer-iteration.parent.id
  cloud_provider = "tarball"
  region         = "us"
}

source "tarball-image" "child" {
  source = "site"
  base   = data.hcp-packer-image.parent.id
}

build {
  hcp_packer_registry {
    bucket_name = var.bucket
  }
  sources = ["source.tarball-image.child"]
}
