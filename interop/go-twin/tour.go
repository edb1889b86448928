package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

type tour struct {
	ctx  context.Context
	ui   packersdk.Ui
	comm packersdk.Communicator
}

// everywhere makes every call there is, in an order that a test can follow.
func (t tour) everywhere(folder, made string) error {
	steps := []func() error{
		t.talk,
		t.showProgress,
		t.run,
		func() error { return t.moveFiles(made) },
		func() error { return t.moveFolders(folder, made) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (t tour) talk() error {
	t.ui.Message("a message")
	t.ui.Error("an error\nof two lines")
	t.ui.Machine("twin", "one", "two,three")
	answer, err := t.ui.Ask("who is there?")
	if err != nil {
		answer = "nobody: " + err.Error()
	}
	t.ui.Say("asked: " + answer)
	return nil
}

func (t tour) showProgress() error {
	data := io.NopCloser(strings.NewReader("0123456789"))
	shown := t.ui.TrackProgress("a.file", 0, 10, data)
	defer shown.Close()
	_, err := io.Copy(io.Discard, shown)
	return err
}

func (t tour) run() error {
	var out, complaints bytes.Buffer
	command := &packersdk.RemoteCmd{
		Command: "cat; echo complaint >&2; exit 3",
		Stdin:   strings.NewReader("fed by stdin"),
		Stdout:  &out,
		Stderr:  &complaints,
	}
	if err := t.comm.Start(t.ctx, command); err != nil {
		return err
	}
	t.ui.Say(fmt.Sprintf("status %d, %q, %q", command.Wait(), out.String(), complaints.String()))
	silent := &packersdk.RemoteCmd{Command: "true"}
	if err := t.comm.Start(t.ctx, silent); err != nil {
		return err
	}
	t.ui.Say(fmt.Sprintf("status %d without streams", silent.Wait()))
	return nil
}

func (t tour) moveFiles(made string) error {
	if err := t.comm.Upload(made, strings.NewReader("uploaded"), nil); err != nil {
		return err
	}
	info, err := os.Stat(made)
	if err != nil {
		return err
	}
	if err := t.comm.Upload(made+".copy", strings.NewReader("uploaded"), &info); err != nil {
		return err
	}
	var back bytes.Buffer
	if err := t.comm.Download(made+".copy", &back); err != nil {
		return err
	}
	t.ui.Say("downloaded: " + back.String())
	t.ui.Say(fmt.Sprint("missing: ", t.comm.Download(made+".missing", io.Discard)))
	return nil
}

func (t tour) moveFolders(folder, made string) error {
	source := filepath.Join(folder, "site")
	if err := t.comm.UploadDir(made+".tree", source, []string{"left-out"}); err != nil {
		return err
	}
	if err := t.comm.DownloadDir(made+".tree", made+".again", nil); err != nil {
		return err
	}
	t.ui.Say(fmt.Sprint("missing: ", t.comm.DownloadDir(made+".missing", made+".never", nil)))
	return nil
}
