# Two images on top of the newest base image: the registry says which that is, and records that these come from it.
#
#   eval "$(npx ingot env)"
#   packer build examples/templates/child.pkr.hcl

packer {
  required_plugins {
    tarball = {
      source  = "github.com/ingot/tarball"
      version = ">= 1.0.0"
    }
  }
}

variable "store" {
  type        = string
  description = "Directory that keeps the images: the parent's."
  default     = "images"
}

variable "channel" {
  type        = string
  description = "Channel of the bucket \"base\" to build on."
  default     = "latest"
}

data "hcp-packer-version" "base" {
  bucket_name  = "base"
  channel_name = var.channel
}

data "hcp-packer-artifact" "base" {
  bucket_name         = "base"
  version_fingerprint = data.hcp-packer-version.base.fingerprint
  platform            = "tarball"
  region              = "eu"
}

source "tarball-image" "shop" {
  base    = data.hcp-packer-artifact.base.external_identifier
  source  = "${path.root}/web"
  store   = var.store
  regions = ["eu"]
}

source "tarball-image" "shop-us" {
  base    = data.hcp-packer-artifact.base.external_identifier
  source  = "${path.root}/web"
  store   = var.store
  regions = ["us"]
}

# Packer before 1.12.1 takes this block inside "build".
hcp_packer_registry {
  bucket_name = "web"
  description = "The shop, on top of the base image."
}

build {
  sources = ["source.tarball-image.shop", "source.tarball-image.shop-us"]
}
