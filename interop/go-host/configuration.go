package main

import (
	"encoding/json"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// typed reads JSON as a value of the type that the spec implies; what the JSON leaves out is null.
func typed(spec hcldec.ObjectSpec, configuration []byte) (cty.Value, error) {
	implied := hcldec.ImpliedType(spec)
	var given map[string]json.RawMessage
	if err := json.Unmarshal(configuration, &given); err != nil {
		return cty.NilVal, err
	}
	for name := range implied.AttributeTypes() {
		if _, ok := given[name]; !ok {
			given[name] = json.RawMessage("null")
		}
	}
	whole, err := json.Marshal(given)
	if err != nil {
		return cty.NilVal, err
	}
	return ctyjson.Unmarshal(whole, implied)
}

// described is the spec's implied type in cty's JSON form.
func described(spec hcldec.ObjectSpec) (json.RawMessage, error) {
	return ctyjson.MarshalType(hcldec.ImpliedType(spec))
}

// settings is what packer says to every component, before what its template says.
func settings() map[string]any {
	return map[string]any{
		"packer_build_name":   "probe",
		"packer_builder_type": "probe",
		"packer_core_version": "1.16.0",
		"packer_debug":        "false",
		"packer_force":        "false",
		"packer_on_error":     "",
	}
}
