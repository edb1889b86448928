package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
)

type tarball struct {
	path   string
	digest string
}

// pack adds the directory to the store as a compressed tar file that is called after the tar's digest.
func pack(root, store string) (tarball, error) {
	if err := os.MkdirAll(store, 0o755); err != nil {
		return tarball{}, err
	}
	unfinished, err := os.CreateTemp(store, ".*.part")
	if err != nil {
		return tarball{}, err
	}
	defer os.Remove(unfinished.Name())
	defer unfinished.Close()
	digest, err := write(unfinished, root)
	if err != nil {
		return tarball{}, err
	}
	path, err := filepath.Abs(filepath.Join(store, strings.Replace(digest, ":", "-", 1)+".tar.gz"))
	if err != nil {
		return tarball{}, err
	}
	return tarball{path: path, digest: digest}, os.Rename(unfinished.Name(), path)
}

func write(target io.Writer, root string) (string, error) {
	hash := sha256.New()
	zip := gzip.NewWriter(target)
	archive := tar.NewWriter(io.MultiWriter(zip, hash))
	if err := archive.AddFS(os.DirFS(root)); err != nil {
		return "", err
	}
	if err := archive.Close(); err != nil {
		return "", err
	}
	return "sha256:" + hex.EncodeToString(hash.Sum(nil)), zip.Close()
}
