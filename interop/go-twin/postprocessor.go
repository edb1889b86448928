package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2/hcldec"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
)

// postProcessor makes of an artifact what its mode says: another one, the same one, none, or an error.
type postProcessor struct {
	settings wrapSettings
}

func (p *postProcessor) ConfigSpec() hcldec.ObjectSpec { return new(flatWrapSettings).HCL2Spec() }

func (p *postProcessor) Configure(raws ...interface{}) error {
	p.settings = wrapSettings{}
	if err := config.Decode(&p.settings, &config.DecodeOpts{PluginType: "twin.wrap"}, raws...); err != nil {
		return err
	}
	if p.settings.Mode == "" {
		return errors.New("mode is missing: say new, same, none or fail")
	}
	return nil
}

func (p *postProcessor) PostProcess(
	ctx context.Context, ui packersdk.Ui, input packersdk.Artifact,
) (packersdk.Artifact, bool, bool, error) {
	ui.Say(fmt.Sprintf("%s of %s, %q, files %v", input.Id(), input.BuilderId(), input.String(), input.Files()))
	ui.Say(fmt.Sprintf("state: %v, %v", input.State("known"), input.State("unknown")))
	keep, force := p.settings.Keep, p.settings.Force
	switch p.settings.Mode {
	case "same":
		return input, keep, force, nil
	case "none":
		return nil, keep, force, nil
	case "fail":
		return nil, keep, force, errors.New("failed as it was told")
	case "wait":
		<-ctx.Done()
		ui.Say("cleaned up")
		return nil, keep, force, ctx.Err()
	}
	wrapped := &packersdk.MockArtifact{
		BuilderIdValue: "twin.wrap",
		IdValue:        "wrapped " + input.Id(),
		FilesValue:     input.Files(),
		StringValue:    "A wrapped image",
	}
	return wrapped, keep, force, nil
}
