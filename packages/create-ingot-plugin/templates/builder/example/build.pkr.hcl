# With the variables that "npx ingot env" prints, the image is published to the bucket __BUCKET__.
# Without a registry: HCP_PACKER_REGISTRY=off packer build example/build.pkr.hcl
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
  default = "dist/image.txt"
}

source "__NAME__-image" "example" {
  source  = "${path.root}/source.txt"
  output  = var.output
  regions = ["north", "south"]
}

build {
  hcp_packer_registry {
    bucket_name = "__BUCKET__"
  }
  sources = ["source.__NAME__-image.example"]

  provisioner "shell-local" {
    inline = ["echo provisioned >> ${build.ImagePath}"]
  }
}
