package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

// line is what the ui is told at a time.
const line = 32768

// jobs is a provisioner that moves what its host asks for, and says how many seconds that took.
type jobs struct{ noop }

func (jobs) Prepare(...interface{}) error { return nil }

func (jobs) Provision(ctx context.Context, ui packersdk.Ui, comm packersdk.Communicator, data map[string]interface{}) error {
	amount := int(data["Amount"].(int64))
	start := time.Now()
	if err := job(ctx, ui, comm, data["Job"].(string), amount); err != nil {
		return err
	}
	ui.Error(fmt.Sprintf("%f", time.Since(start).Seconds()))
	return nil
}

func job(ctx context.Context, ui packersdk.Ui, comm packersdk.Communicator, name string, amount int) error {
	switch name {
	case "calls":
		for ; amount > 0; amount-- {
			ui.Say("x")
		}
	case "ui":
		text := strings.Repeat("x", line)
		for ; amount > 0; amount -= line {
			ui.Say(text)
		}
	case "upload":
		return comm.Upload("/file", io.LimitReader(zeros{}, int64(amount)), nil)
	case "download":
		return comm.Download("/file", io.Discard)
	case "command":
		command := &packersdk.RemoteCmd{Command: "cat /file", Stdout: io.Discard}
		if err := comm.Start(ctx, command); err != nil {
			return err
		}
		command.Wait()
	default:
		return fmt.Errorf("no job %q", name)
	}
	return nil
}

type zeros struct{}

func (zeros) Read(into []byte) (int, error) {
	clear(into)
	return len(into), nil
}
