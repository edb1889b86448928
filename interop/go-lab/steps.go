package main

import (
	"context"
	"errors"
	"os"

	"github.com/hashicorp/packer-plugin-sdk/multistep"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

// CreateMachine writes the file that is the machine, and removes it in the end. Messages call steps by their types.
type CreateMachine struct {
	settings machineSettings
}

func (s *CreateMachine) Run(_ context.Context, state multistep.StateBag) multistep.StepAction {
	ui := state.Get("ui").(packersdk.Ui)
	ui.Say("Creating " + s.settings.File + " with " + s.settings.Note)
	if err := os.WriteFile(s.settings.File, []byte("machine\n"), 0o644); err != nil {
		state.Put("error", err)
		return multistep.ActionHalt
	}
	return multistep.ActionContinue
}

func (s *CreateMachine) Cleanup(state multistep.StateBag) {
	state.Get("ui").(packersdk.Ui).Say("Deleting " + s.settings.File)
	_ = os.Remove(s.settings.File)
}

// Capture makes the image, or fails as it is told.
type Capture struct {
	settings machineSettings
}

func (s *Capture) Run(_ context.Context, state multistep.StateBag) multistep.StepAction {
	if s.settings.Fail {
		state.Put("error", errors.New("the camera is broken"))
		return multistep.ActionHalt
	}
	state.Get("ui").(packersdk.Ui).Say("Capturing " + s.settings.File)
	if err := os.WriteFile(s.settings.File+".image", []byte("image\n"), 0o644); err != nil {
		state.Put("error", err)
		return multistep.ActionHalt
	}
	return multistep.ActionContinue
}

func (s *Capture) Cleanup(multistep.StateBag) {}
