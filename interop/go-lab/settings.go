package main

import (
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/packer-plugin-sdk/common"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
	"github.com/hashicorp/packer-plugin-sdk/template/interpolate"
	"github.com/zclconf/go-cty/cty"
)

// What packer-sdc would generate: the flat types name the fields, and their specs say how templates write them.

type speccer = interface{ HCL2Spec() map[string]hcldec.Spec }

// interpolated fills in what a JSON template has between braces; what the filter excludes waits for build variables.
func interpolated(ctx *interpolate.Context, exclude ...string) *config.DecodeOpts {
	filter := &interpolate.RenderFilter{Exclude: exclude}
	return &config.DecodeOpts{Interpolate: true, InterpolateContext: ctx, InterpolateFilter: filter}
}

type machineSettings struct {
	common.PackerConfig `mapstructure:",squash"`

	File string `mapstructure:"file"`
	Note string `mapstructure:"note"`
	Fail bool   `mapstructure:"fail"`

	ctx interpolate.Context
}

type flatMachineSettings struct {
	File *string `cty:"file"`
	Note *string `cty:"note"`
	Fail *bool   `cty:"fail"`
}

func (*machineSettings) FlatMapstructure() speccer { return new(flatMachineSettings) }

func (*flatMachineSettings) HCL2Spec() map[string]hcldec.Spec {
	return map[string]hcldec.Spec{
		"file": &hcldec.AttrSpec{Name: "file", Type: cty.String, Required: true},
		"note": &hcldec.AttrSpec{Name: "note", Type: cty.String},
		"fail": &hcldec.AttrSpec{Name: "fail", Type: cty.Bool},
	}
}

type taskSettings struct {
	common.PackerConfig `mapstructure:",squash"`

	Title    string `mapstructure:"title"`
	Command  string `mapstructure:"command"`
	Failures int    `mapstructure:"failures"`

	ctx interpolate.Context
}

type flatTaskSettings struct {
	Title    *string `cty:"title"`
	Command  *string `cty:"command"`
	Failures *int    `cty:"failures"`
}

func (*taskSettings) FlatMapstructure() speccer { return new(flatTaskSettings) }

func (*flatTaskSettings) HCL2Spec() map[string]hcldec.Spec {
	return map[string]hcldec.Spec{
		"title":    &hcldec.AttrSpec{Name: "title", Type: cty.String},
		"command":  &hcldec.AttrSpec{Name: "command", Type: cty.String, Required: true},
		"failures": &hcldec.AttrSpec{Name: "failures", Type: cty.Number},
	}
}

type wrapSettings struct {
	common.PackerConfig `mapstructure:",squash"`

	Paper string `mapstructure:"paper"`
	Fail  bool   `mapstructure:"fail"`

	ctx interpolate.Context
}

type flatWrapSettings struct {
	Paper *string `cty:"paper"`
	Fail  *bool   `cty:"fail"`
}

func (*wrapSettings) FlatMapstructure() speccer { return new(flatWrapSettings) }

func (*flatWrapSettings) HCL2Spec() map[string]hcldec.Spec {
	return map[string]hcldec.Spec{
		"paper": &hcldec.AttrSpec{Name: "paper", Type: cty.String},
		"fail":  &hcldec.AttrSpec{Name: "fail", Type: cty.Bool},
	}
}

type factsSettings struct {
	Subject string `mapstructure:"subject"`
}

type flatFactsSettings struct {
	Subject *string `cty:"subject"`
}

func (*factsSettings) FlatMapstructure() speccer { return new(flatFactsSettings) }

func (*flatFactsSettings) HCL2Spec() map[string]hcldec.Spec {
	return map[string]hcldec.Spec{
		"subject": &hcldec.AttrSpec{Name: "subject", Type: cty.String, Required: true},
	}
}
