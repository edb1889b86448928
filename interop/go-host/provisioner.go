package main

import (
	"context"
	"encoding/json"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

type provisionerSeen struct {
	Spec           json.RawMessage `json:"spec"`
	PrepareError   string          `json:"prepareError,omitempty"`
	ProvisionError string          `json:"provisionError,omitempty"`
	Ui             []string        `json:"ui"`
}

// probeProvisioner prepares twice, as packer does, and provisions this machine.
func probeProvisioner(
	provisioner packersdk.Provisioner, configuration []byte, script script,
) (*provisionerSeen, error) {
	spec := provisioner.ConfigSpec()
	description, err := described(spec)
	if err != nil {
		return nil, err
	}
	config, err := typed(spec, configuration)
	if err != nil {
		return nil, err
	}
	seen := &provisionerSeen{Spec: description}
	for range 2 {
		// The third is the override of a build, which is nil where there is none.
		if err := provisioner.Prepare(settings(), config, nil); err != nil {
			seen.PrepareError = err.Error()
			return seen, nil
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ui := &recordingUi{cancelOn: script.cancelOn, cancel: cancel}
	data := map[string]any{"ID": "i-1", "PackerRunUUID": "run-1"}
	if err := provisioner.Provision(ctx, ui, localCommunicator{}, data); err != nil {
		seen.ProvisionError = err.Error()
	}
	seen.Ui = ui.lines()
	return seen, nil
}
