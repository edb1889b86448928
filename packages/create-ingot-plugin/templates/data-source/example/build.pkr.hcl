packer {
  required_plugins {
    __NAME__ = {
      source  = "__SOURCE__"
      version = ">= 0.1.0"
    }
  }
}

data "__NAME__-newest" "example" {
  folder = path.root
}

source "null" "example" {
  communicator = "none"
}

build {
  sources = ["source.null.example"]

  provisioner "shell-local" {
    inline = ["echo newest is ${data.__NAME__-newest.example.path}"]
  }
}
