# A base image, published to the registry as the bucket "base".
#
#   eval "$(npx ingot env)"
#   packer build examples/templates/parent.pkr.hcl

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
  description = "Directory that keeps the images."
  default     = "images"
}

source "tarball-image" "base" {
  source  = "${path.root}/base"
  store   = var.store
  regions = ["eu", "us"]

  compression {
    level = 9
  }
}

# Packer before 1.12.1 takes this block inside "build".
hcp_packer_registry {
  bucket_name = "base"
  description = "The page that all others start from."
  bucket_labels = {
    team = "platform"
  }
  build_labels = {
    "built-by" = "packer"
  }
}

build {
  sources = ["source.tarball-image.base"]

  # What provisioners change in this directory becomes part of the image.
  provisioner "shell-local" {
    inline = ["date -u +built=%Y-%m-%d >> '${build.ImageRoot}/site.conf'"]
  }
}
