packer {
  required_plugins {
    __NAME__ = {
      source  = "__SOURCE__"
      version = ">= 0.1.0"
    }
  }
}

variable "text" {
  type    = string
  default = "Welcome"
}

# Put a builder with a machine here, and its user.
source "null" "example" {
  ssh_host     = "127.0.0.1"
  ssh_username = "root"
  ssh_password = "root"
}

build {
  sources = ["source.null.example"]

  provisioner "__NAME__-motd" {
    text = var.text
  }
}
