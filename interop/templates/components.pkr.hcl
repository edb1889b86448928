# Every kind of component of the example plugin in one build.
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

  provisioner "tarball-inventory" {
    title = "of ${build.ImageRoot}"
  }

  post-processors {
    post-processor "tarball-export" {
      output = "out/{{ .ID }}.tar.gz"
    }
    post-processor "manifest" {
      output     = "manifest.json"
      strip_path = true
    }
  }
}
