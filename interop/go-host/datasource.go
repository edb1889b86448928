package main

import (
	"encoding/json"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

type datasourceSeen struct {
	Spec           json.RawMessage `json:"spec"`
	OutputSpec     json.RawMessage `json:"outputSpec"`
	ConfigureError string          `json:"configureError,omitempty"`
	ExecuteError   string          `json:"executeError,omitempty"`
	Value          json.RawMessage `json:"value,omitempty"`
}

// probeDatasource asks for both specs, configures, and reads.
func probeDatasource(source packersdk.Datasource, configuration []byte) (*datasourceSeen, error) {
	spec := source.ConfigSpec()
	description, err := described(spec)
	if err != nil {
		return nil, err
	}
	output, err := described(source.OutputSpec())
	if err != nil {
		return nil, err
	}
	config, err := typed(spec, configuration)
	if err != nil {
		return nil, err
	}
	seen := &datasourceSeen{Spec: description, OutputSpec: output}
	if err := source.Configure(config); err != nil {
		seen.ConfigureError = err.Error()
		return seen, nil
	}
	value, err := source.Execute()
	if err != nil {
		seen.ExecuteError = err.Error()
		return seen, nil
	}
	seen.Value, err = ctyjson.Marshal(value, value.Type())
	return seen, err
}
