package main

import (
	"context"
	"errors"
	"os"

	"github.com/hashicorp/hcl/v2/hcldec"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
)

// postProcessor writes a file beside that of an artifact, in the artifact's place.
type postProcessor struct {
	settings wrapSettings
}

func (p *postProcessor) ConfigSpec() hcldec.ObjectSpec { return new(flatWrapSettings).HCL2Spec() }

func (p *postProcessor) Configure(raws ...interface{}) error {
	p.settings = wrapSettings{}
	return config.Decode(&p.settings, interpolated(&p.settings.ctx), raws...)
}

func (p *postProcessor) PostProcess(
	_ context.Context, ui packersdk.Ui, input packersdk.Artifact,
) (packersdk.Artifact, bool, bool, error) {
	ui.Say("Wrapping " + input.Id() + " in " + p.settings.Paper)
	if p.settings.Fail {
		return nil, false, false, errors.New("the paper is torn")
	}
	file := input.Id() + ".wrapped"
	if err := os.WriteFile(file, []byte("wrapped\n"), 0o644); err != nil {
		return nil, false, false, err
	}
	return &artifact{file: file}, false, false, nil
}
