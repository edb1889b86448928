# An image made from the newest image of another bucket, which packer looks up in the registry.
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

variable "region" {
  type    = string
  default = "eu"
}

data "hcp-packer-version" "parent" {
  bucket_name  = var.parent
  channel_name = var.channel
}

data "hcp-packer-artifact" "parent" {
  bucket_name         = var.parent
  version_fingerprint = data.hcp-packer-version.parent.fingerprint
  platform            = "tarball"
  region              = var.region
  component_type      = "tarball-image.site"
}

source "tarball-image" "child" {
  source = "site"
  base   = data.hcp-packer-artifact.parent.external_identifier
}

build {
  hcp_packer_registry {
    bucket_name = var.bucket
  }
  sources = ["source.tarball-image.child"]
}
