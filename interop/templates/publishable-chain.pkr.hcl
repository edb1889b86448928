# Several images of one artifact, after another post-processor and before one; and what keep_input_artifact does.
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

variable "keep" {
  type = bool
}

source "twin-image" "vm" {
  source = "site"
}

build {
  hcp_packer_registry {
    bucket_name = var.bucket
  }
  sources = ["twin-image.vm"]

  post-processors {
    post-processor "checksum" {
      checksum_types = ["sha256"]
      output         = "vm.{{.ChecksumType}}"
    }
    post-processor "metadata" {
      provider            = "qemu"
      labels              = { file = "{{ basename (index .Files 0) }}" }
      keep_input_artifact = var.keep

      image {
        id     = "vm-a"
        region = "dc1"
      }
      image {
        id     = "vm-b"
        region = "dc2"
        labels = { second = "yes" }
      }
    }
    post-processor "manifest" {
      output = "manifest.json"
    }
  }
}
