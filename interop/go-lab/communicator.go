package main

import (
	"context"
	"errors"
	"os/exec"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

// localCommunicator runs commands on this machine; files are not for it.
type localCommunicator struct {
	packersdk.MockCommunicator
}

func (*localCommunicator) Start(ctx context.Context, remote *packersdk.RemoteCmd) error {
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
