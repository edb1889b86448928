package main

import (
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/packer-plugin-sdk/common"
	"github.com/zclconf/go-cty/cty"
)

type settings struct {
	common.PackerConfig `mapstructure:",squash"`

	Source  string            `mapstructure:"source"`
	Store   string            `mapstructure:"store"`
	Regions []string          `mapstructure:"regions"`
	Labels  map[string]string `mapstructure:"labels"`
}

// flatSettings is what the SDK reads an HCL value into before it fills in settings.
type flatSettings struct {
	Source  *string           `cty:"source"`
	Store   *string           `cty:"store"`
	Regions []string          `cty:"regions"`
	Labels  map[string]string `cty:"labels"`
}

type speccer = interface{ HCL2Spec() map[string]hcldec.Spec }

func (*settings) FlatMapstructure() speccer { return new(flatSettings) }

func (*flatSettings) HCL2Spec() map[string]hcldec.Spec {
	return map[string]hcldec.Spec{
		"source":  &hcldec.AttrSpec{Name: "source", Type: cty.String, Required: true},
		"store":   &hcldec.AttrSpec{Name: "store", Type: cty.String},
		"regions": &hcldec.AttrSpec{Name: "regions", Type: cty.List(cty.String)},
		"labels":  &hcldec.AttrSpec{Name: "labels", Type: cty.Map(cty.String)},
	}
}

type listingSettings struct {
	Folder string `mapstructure:"folder"`
}

type flatListingSettings struct {
	Folder *string `cty:"folder"`
}

func (*listingSettings) FlatMapstructure() speccer { return new(flatListingSettings) }

func (*flatListingSettings) HCL2Spec() map[string]hcldec.Spec {
	return map[string]hcldec.Spec{
		"folder": &hcldec.AttrSpec{Name: "folder", Type: cty.String, Required: true},
	}
}

type tourSettings struct {
	common.PackerConfig `mapstructure:",squash"`

	Folder string `mapstructure:"folder"`
	Mode   string `mapstructure:"mode"`
}

type flatTourSettings struct {
	Folder *string `cty:"folder"`
	Mode   *string `cty:"mode"`
}

func (*tourSettings) FlatMapstructure() speccer { return new(flatTourSettings) }

func (*flatTourSettings) HCL2Spec() map[string]hcldec.Spec {
	return map[string]hcldec.Spec{
		"folder": &hcldec.AttrSpec{Name: "folder", Type: cty.String, Required: true},
		"mode":   &hcldec.AttrSpec{Name: "mode", Type: cty.String},
	}
}

type wrapSettings struct {
	common.PackerConfig `mapstructure:",squash"`

	Mode  string `mapstructure:"mode"`
	Keep  bool   `mapstructure:"keep"`
	Force bool   `mapstructure:"force"`
}

type flatWrapSettings struct {
	Mode  *string `cty:"mode"`
	Keep  *bool   `cty:"keep"`
	Force *bool   `cty:"force"`
}

func (*wrapSettings) FlatMapstructure() speccer { return new(flatWrapSettings) }

func (*flatWrapSettings) HCL2Spec() map[string]hcldec.Spec {
	return map[string]hcldec.Spec{
		"mode":  &hcldec.AttrSpec{Name: "mode", Type: cty.String, Required: true},
		"keep":  &hcldec.AttrSpec{Name: "keep", Type: cty.Bool},
		"force": &hcldec.AttrSpec{Name: "force", Type: cty.Bool},
	}
}
