# An image whose build records what it made in a file as well, for the day the registry is away.
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

source "tarball-image" "site" {
  source  = "site"
  regions = ["eu"]
}

build {
  hcp_packer_registry {
    bucket_name = var.bucket
  }
  sources = ["source.tarball-image.site"]

  provisioner "shell-local" {
    inline = ["echo the machine runs; until [ -e go-on ]; do sleep 0.05; done"]
  }

  post-processor "manifest" {
    output      = "packer-manifest.json"
    custom_data = { ingot_platform = "tarball", ingot_region = "eu" }
  }
}
