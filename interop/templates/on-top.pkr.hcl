# An image on top of the newest one in the store, which the plugin's data source finds; the provisioner adds to it.
packer {
  required_plugins {
    tarball = {
      source  = "github.com/ingot/tarball"
      version = ">= 1.0.0"
    }
  }
}

data "tarball-latest" "newest" {
  store = "images"
}

source "tarball-image" "on-top" {
  base   = data.tarball-latest.newest.id
  source = "docs"
}

build {
  sources = ["source.tarball-image.on-top"]

  provisioner "shell-local" {
    inline = [
      "echo the newest has ${data.tarball-latest.newest.size} bytes",
      "ls ${build.ImageRoot}",
      "echo added > ${build.ImageRoot}/added.txt",
    ]
  }
}
