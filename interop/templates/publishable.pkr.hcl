# A builder that says nothing to a registry, and what makes its image publishable: switch that off with
# -except=metadata. One image here, several and after other post-processors in publishable-chain.
packer {
  required_plugins {
    twin = {
      source  = "github.com/ingot/twin"
      version = ">= 1.0.0"
    }
    metadata = {
      source  = "github.com/ingot/metadata"
      version = ">= 1.0.0"
    }
  }
}

variable "bucket" {
  type = string
}

source "twin-image" "vm" {
  source = "site"
}

build {
  hcp_packer_registry {
    bucket_name = var.bucket
  }
  sources = ["twin-image.vm"]

  post-processor "metadata" {
    image        = "{{ .FileName }}"
    provider     = "qemu"
    region       = "dc1"
    source_image = "debian-12"
    labels       = { sha256 = "{{ .SHA256 }}", run = build.PackerRunUUID, built_by = "{{ build_name }}" }
  }
}
