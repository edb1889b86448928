# What packer itself does around a provisioner, with the plugin `lab`.
packer {
  required_plugins {
    lab = {
      source  = "github.com/ingot/lab"
      version = ">= 1.0.0"
    }
  }
}

source "lab-machine" "one" {
  file = "one"
}

build {
  sources = ["lab-machine.one"]

  provisioner "lab-task" {
    title        = "patient task"
    command      = "true"
    failures     = 2
    max_retries  = 2
    pause_before = "10ms"
  }

  provisioner "lab-task" {
    except  = ["lab-machine.one"]
    command = "touch wrong"
  }

  provisioner "lab-task" {
    title   = "slow task"
    command = "sleep 30; touch woken"
    timeout = "300ms"
  }
}
