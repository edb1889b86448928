package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/hashicorp/hcl/v2/hcldec"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
)

// provisioner uses everything that a provisioner is given, and says what came of it.
type provisioner struct {
	settings tourSettings
	runs     int
}

func (p *provisioner) ConfigSpec() hcldec.ObjectSpec { return new(flatTourSettings).HCL2Spec() }

func (p *provisioner) Prepare(raws ...interface{}) error {
	p.settings = tourSettings{}
	if err := config.Decode(&p.settings, &config.DecodeOpts{PluginType: "twin.tour"}, raws...); err != nil {
		return err
	}
	if p.settings.Folder == "" {
		return errors.New("folder is missing: name the directory to work in")
	}
	return nil
}

func (p *provisioner) Provision(
	ctx context.Context, ui packersdk.Ui, comm packersdk.Communicator, data map[string]interface{},
) error {
	p.runs++
	ui.Say(fmt.Sprintf("run %d of %s, on %v", p.runs, p.settings.Mode, data["ID"]))
	switch p.settings.Mode {
	case "fail":
		return errors.New("failed as it was told")
	case "wait":
		<-ctx.Done()
		ui.Say("cleaned up")
		return ctx.Err()
	}
	tour := tour{ctx: ctx, ui: ui, comm: comm}
	return tour.everywhere(p.settings.Folder, filepath.Join(p.settings.Folder, "made"))
}
