package main

import (
	"context"
	"errors"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/packer-plugin-sdk/multistep"
	"github.com/hashicorp/packer-plugin-sdk/multistep/commonsteps"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
)

// builder makes a machine, which is a file, in steps.
type builder struct {
	settings machineSettings
}

func (b *builder) ConfigSpec() hcldec.ObjectSpec { return new(flatMachineSettings).HCL2Spec() }

func (b *builder) Prepare(raws ...interface{}) ([]string, []string, error) {
	b.settings = machineSettings{}
	if err := config.Decode(&b.settings, interpolated(&b.settings.ctx), raws...); err != nil {
		return nil, nil, err
	}
	if b.settings.File == "" {
		return nil, nil, errors.New("file is missing: name the file that is the machine")
	}
	return []string{"Machine"}, nil, nil
}

func (b *builder) Run(ctx context.Context, ui packersdk.Ui, hook packersdk.Hook) (packersdk.Artifact, error) {
	state := new(multistep.BasicStateBag)
	state.Put("ui", ui)
	state.Put("hook", hook)
	state.Put("communicator", &localCommunicator{})
	state.Put("instance_id", b.settings.File)
	state.Put("generated_data", map[string]interface{}{"Machine": b.settings.File})
	steps := []multistep.Step{
		&CreateMachine{b.settings},
		new(commonsteps.StepProvision),
		&Capture{b.settings},
	}
	commonsteps.NewRunnerWithPauseFn(steps, b.settings.PackerConfig, ui, state).Run(ctx, state)
	if err, ok := state.GetOk("error"); ok {
		return nil, err.(error)
	}
	if _, ok := state.GetOk(multistep.StateCancelled); ok {
		return nil, errors.New("build was cancelled")
	}
	return &artifact{file: b.settings.File + ".image", data: state.Get("generated_data")}, nil
}
