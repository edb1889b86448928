package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2/hcldec"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
	"github.com/hashicorp/packer-plugin-sdk/template/interpolate"
)

// provisioner runs a command and says what it printed; the first runs may fail.
type provisioner struct {
	settings taskSettings
	runs     int
}

func (p *provisioner) ConfigSpec() hcldec.ObjectSpec { return new(flatTaskSettings).HCL2Spec() }

func (p *provisioner) Prepare(raws ...interface{}) error {
	p.settings = taskSettings{}
	if err := config.Decode(&p.settings, interpolated(&p.settings.ctx, "title"), raws...); err != nil {
		return err
	}
	if p.settings.Command == "" {
		return errors.New("command is missing: say what is to run")
	}
	return nil
}

func (p *provisioner) Provision(
	ctx context.Context, ui packersdk.Ui, comm packersdk.Communicator, data map[string]interface{},
) error {
	p.runs++
	p.settings.ctx.Data = data
	title, err := interpolate.Render(p.settings.Title, &p.settings.ctx)
	if err != nil {
		return err
	}
	if p.runs <= p.settings.Failures {
		ui.Say(fmt.Sprintf("Run %d fails", p.runs))
		return errors.New("failed as it was told")
	}
	var out bytes.Buffer
	command := &packersdk.RemoteCmd{Command: p.settings.Command, Stdout: &out}
	if err := comm.Start(ctx, command); err != nil {
		return err
	}
	status := command.Wait()
	ui.Say(fmt.Sprintf("%s%s ended with %d", out.String(), title, status))
	if status != 0 {
		return fmt.Errorf("the command ended with status %d", status)
	}
	return nil
}
