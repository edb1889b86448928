# An image whose bill of materials packer's own provisioner takes from the machine and uploads.
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

variable "document" {
  type = string
}

source "tarball-image" "site" {
  source  = "site"
  regions = ["eu"]
}

build {
  hcp_packer_registry {
    bucket_name = var.bucket
  }
  sources = ["source.tarball-image.site"]

  provisioner "hcp-sbom" {
    source    = var.document
    sbom_name = "site-packages"
  }
}
