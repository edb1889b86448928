package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

// localCommunicator takes this machine for the one that is provisioned.
type localCommunicator struct{}

func (localCommunicator) Start(ctx context.Context, remote *packersdk.RemoteCmd) error {
	command := exec.CommandContext(ctx, "sh", "-c", remote.Command)
	command.Stdin, command.Stdout, command.Stderr = remote.Stdin, remote.Stdout, remote.Stderr
	if err := command.Start(); err != nil {
		return err
	}
	go func() {
		var exit *exec.ExitError
		switch err := command.Wait(); {
		case err == nil:
			remote.SetExited(0)
		case errors.As(err, &exit):
			remote.SetExited(exit.ExitCode())
		default:
			remote.SetExited(packersdk.CmdDisconnect)
		}
	}()
	return nil
}

func (localCommunicator) Upload(path string, data io.Reader, info *os.FileInfo) error {
	mode := os.FileMode(0o644)
	if info != nil {
		mode = (*info).Mode().Perm()
	}
	content, err := io.ReadAll(data)
	if err != nil {
		return err
	}
	return os.WriteFile(path, content, mode)
}

func (localCommunicator) UploadDir(target, source string, _ []string) error {
	return os.CopyFS(target, os.DirFS(source))
}

func (localCommunicator) Download(path string, target io.Writer) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	_, err = target.Write(content)
	return err
}

func (localCommunicator) DownloadDir(source, target string, _ []string) error {
	return os.CopyFS(target, os.DirFS(source))
}
