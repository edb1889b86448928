packer {
  required_plugins {
    __NAME__ = {
      source  = "__SOURCE__"
      version = ">= 0.1.0"
    }
  }
}

variable "output" {
  type    = string
  default = "notes.txt"
}

source "file" "example" {
  content = "Replace me with an image."
  target  = var.output
}

build {
  sources = ["source.file.example"]

  post-processor "__NAME__-checksums" {
    algorithm = "sha512"
  }
}
