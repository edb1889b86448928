# Packer's own null and file builders, which name images themselves.
packer {
  required_plugins {
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
  type    = bool
  default = null
}

source "null" "script" {
  communicator = "none"
}

source "file" "note" {
  content = "made by packer alone\n"
  target  = "out/note.txt"
}

build {
  hcp_packer_registry {
    bucket_name = var.bucket
  }
  sources = ["null.script", "file.note"]

  post-processor "metadata" {
    image               = "image-of-${source.name}"
    provider            = "happy"
    keep_input_artifact = var.keep
  }
}
