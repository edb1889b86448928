package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
)

type tarball struct {
	path   string
	digest string
}

// pack writes the directory as a compressed tar file beside the system's temporary files.
func pack(source string) (tarball, error) {
	file, err := os.CreateTemp("", "twin-*.tar.gz")
	if err != nil {
		return tarball{}, err
	}
	defer file.Close()
	hash := sha256.New()
	if err := write(io.MultiWriter(file, hash), source); err != nil {
		os.Remove(file.Name())
		return tarball{}, err
	}
	return tarball{path: file.Name(), digest: "sha256:" + hex.EncodeToString(hash.Sum(nil))}, nil
}

func write(target io.Writer, source string) error {
	zip := gzip.NewWriter(target)
	archive := tar.NewWriter(zip)
	if err := archive.AddFS(os.DirFS(source)); err != nil {
		return err
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return zip.Close()
}
