# Only what packer brings itself: its null and file builders name their images like any plugin's.
variable "bucket" {
  type = string
}

source "null" "nothing" {
  communicator = "none"
}

source "file" "note" {
  content = "made by packer alone\n"
  target  = "out/note.txt"
}

build {
  hcp_packer_registry {
    bucket_name   = var.bucket
    description   = "packer's own builders"
    bucket_labels = { team = "interop" }
  }
  sources = ["null.nothing", "file.note"]
}
