package main

import (
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
	"github.com/zclconf/go-cty/cty"
)

// datasource knows a thing or two.
type datasource struct {
	settings factsSettings
}

func (d *datasource) ConfigSpec() hcldec.ObjectSpec { return new(flatFactsSettings).HCL2Spec() }

func (d *datasource) OutputSpec() hcldec.ObjectSpec {
	return hcldec.ObjectSpec{
		"text":  &hcldec.AttrSpec{Name: "text", Type: cty.String},
		"words": &hcldec.AttrSpec{Name: "words", Type: cty.List(cty.String)},
	}
}

func (d *datasource) Configure(raws ...interface{}) error {
	d.settings = factsSettings{}
	return config.Decode(&d.settings, nil, raws...)
}

func (d *datasource) Execute() (cty.Value, error) {
	return cty.ObjectVal(map[string]cty.Value{
		"text":  cty.StringVal("facts about " + d.settings.Subject),
		"words": cty.ListVal([]cty.Value{cty.StringVal("facts"), cty.StringVal(d.settings.Subject)}),
	}), nil
}
