# Two images of the example plugin, each built while the shell-local provisioner runs var.script.
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

variable "script" {
  type    = string
  default = "echo provisioned"
}

variable "docs" {
  type    = string
  default = "docs"
}

source "tarball-image" "site" {
  source  = "site"
  regions = ["eu", "us"]
}

source "tarball-image" "docs" {
  source  = var.docs
  regions = ["eu"]
  labels  = { page = "docs" }
}

build {
  hcp_packer_registry {
    bucket_name   = var.bucket
    description   = "Two images of one bucket"
    bucket_labels = { team = "interop", stage = "test" }
    build_labels  = { flavour = "plain" }
  }
  sources = ["source.tarball-image.site", "source.tarball-image.docs"]

  provisioner "shell-local" {
    inline = [var.script]
  }
}
