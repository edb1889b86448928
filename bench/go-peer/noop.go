package main

import (
	"context"

	"github.com/hashicorp/hcl/v2/hcldec"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/zclconf/go-cty/cty"
)

var spec = hcldec.ObjectSpec{"name": &hcldec.AttrSpec{Name: "name", Type: cty.String}}

type noop struct{}

func (noop) ConfigSpec() hcldec.ObjectSpec { return spec }

type builder struct{ noop }

func (builder) Prepare(...interface{}) ([]string, []string, error) { return nil, nil, nil }

func (builder) Run(ctx context.Context, ui packersdk.Ui, hook packersdk.Hook) (packersdk.Artifact, error) {
	if err := hook.Run(ctx, packersdk.HookProvision, ui, nil, map[string]interface{}{}); err != nil {
		return nil, err
	}
	return artifact{}, nil
}

type artifact struct{}

func (artifact) BuilderId() string             { return "gopeer.noop" }
func (artifact) Id() string                    { return "nothing" }
func (artifact) String() string                { return "nothing" }
func (artifact) Files() []string               { return nil }
func (artifact) State(name string) interface{} { return nil }
func (artifact) Destroy() error                { return nil }

type provisioner struct{ noop }

func (provisioner) Prepare(...interface{}) error { return nil }

func (provisioner) Provision(context.Context, packersdk.Ui, packersdk.Communicator, map[string]interface{}) error {
	return nil
}

type postProcessor struct{ noop }

func (postProcessor) Configure(...interface{}) error { return nil }

func (postProcessor) PostProcess(_ context.Context, _ packersdk.Ui, in packersdk.Artifact) (packersdk.Artifact, bool, bool, error) {
	return artifact{}, true, false, nil
}

type datasource struct{ noop }

func (datasource) Configure(...interface{}) error { return nil }

func (datasource) OutputSpec() hcldec.ObjectSpec { return spec }

func (datasource) Execute() (cty.Value, error) {
	return cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal("x")}), nil
}
