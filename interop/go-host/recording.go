package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

// recordingUi keeps what the plugin says, and cancels the build when it says the word for it.
type recordingUi struct {
	packersdk.MockUi
	mutex    sync.Mutex
	said     []string
	cancelOn string
	cancel   context.CancelFunc
}

func (u *recordingUi) Say(text string)     { u.add("say: " + text) }
func (u *recordingUi) Message(text string) { u.add("message: " + text) }
func (u *recordingUi) Error(text string)   { u.add("error: " + text) }

func (u *recordingUi) TrackProgress(_ string, _, _ int64, stream io.ReadCloser) io.ReadCloser {
	return stream
}

func (u *recordingUi) add(line string) {
	u.mutex.Lock()
	u.said = append(u.said, line)
	u.mutex.Unlock()
	if u.cancelOn != "" && strings.Contains(line, u.cancelOn) {
		u.cancel()
	}
}

func (u *recordingUi) lines() []string {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	return append([]string{}, u.said...)
}

type hookSeen struct {
	Name       string         `json:"name"`
	Data       map[string]any `json:"data"`
	ExitStatus int            `json:"exitStatus"`
}

// recordingHook plays the provisioners: it uses the plugin's Ui and, where there is a command, its communicator.
type recordingHook struct {
	command string
	seen    *hookSeen
}

func (h *recordingHook) Run(
	ctx context.Context, name string, ui packersdk.Ui, comm packersdk.Communicator, data interface{},
) error {
	values, _ := plain(data).(map[string]any)
	h.seen = &hookSeen{Name: name, Data: values}
	ui.Say("provisioning")
	if h.command == "" {
		return nil
	}
	command := &packersdk.RemoteCmd{Command: h.command}
	if err := command.RunWithUi(ctx, comm, ui); err != nil {
		return fmt.Errorf("the communicator failed: %w", err)
	}
	h.seen.ExitStatus = command.ExitStatus()
	return nil
}
