# A component of each kind of the plugin `lab`, which is there in Go and in TypeScript.
packer {
  required_plugins {
    lab = {
      source  = "github.com/ingot/lab"
      version = ">= 1.0.0"
    }
  }
}

variable "note" {
  type    = string
  default = "a note"
}

variable "secret" {
  type      = string
  default   = "hush-hush"
  sensitive = true
}

variable "command" {
  type    = string
  default = "echo provisioned"
}

variable "camera_fails" {
  type    = bool
  default = false
}

variable "paper_fails" {
  type    = bool
  default = false
}

variable "keep" {
  type    = bool
  default = false
}

data "lab-facts" "moon" {
  subject = "the moon"
}

source "lab-machine" "one" {
  file = "one"
  note = "${var.note}, ${data.lab-facts.moon.text}"
  fail = var.camera_fails
}

source "lab-machine" "two" {
  file = "two"
  note = "the secret ${var.secret}"
}

build {
  sources = ["lab-machine.one", "lab-machine.two"]

  provisioner "lab-task" {
    title   = "task of ${build.Machine}"
    command = "echo default"
    override = {
      one = { command = var.command }
    }
  }

  error-cleanup-provisioner "lab-task" {
    title   = "clean-up"
    command = "echo cleaned; test -e one && echo one is there"
  }

  post-processor "lab-wrap" {
    paper               = "paper for ${build.ID}"
    fail                = var.paper_fails
    keep_input_artifact = var.keep
  }
}
