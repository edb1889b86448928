package main

import (
	"os"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
	"github.com/zclconf/go-cty/cty"
)

// datasource lists the names in a folder.
type datasource struct {
	settings listingSettings
}

func (d *datasource) ConfigSpec() hcldec.ObjectSpec { return new(flatListingSettings).HCL2Spec() }

func (d *datasource) OutputSpec() hcldec.ObjectSpec {
	return hcldec.ObjectSpec{
		"names": &hcldec.AttrSpec{Name: "names", Type: cty.List(cty.String)},
		"count": &hcldec.AttrSpec{Name: "count", Type: cty.Number},
	}
}

func (d *datasource) Configure(raws ...interface{}) error {
	d.settings = listingSettings{}
	return config.Decode(&d.settings, nil, raws...)
}

func (d *datasource) Execute() (cty.Value, error) {
	entries, err := os.ReadDir(d.settings.Folder)
	if err != nil {
		return cty.NullVal(cty.EmptyObject), err
	}
	names := cty.ListValEmpty(cty.String)
	if len(entries) > 0 {
		values := make([]cty.Value, 0, len(entries))
		for _, entry := range entries {
			values = append(values, cty.StringVal(entry.Name()))
		}
		names = cty.ListVal(values)
	}
	count := cty.NumberIntVal(int64(len(entries)))
	return cty.ObjectVal(map[string]cty.Value{"names": names, "count": count}), nil
}
