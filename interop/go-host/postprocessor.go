package main

import (
	"context"
	"encoding/json"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

type postProcessorSeen struct {
	Spec           json.RawMessage `json:"spec"`
	ConfigureError string          `json:"configureError,omitempty"`
	ProcessError   string          `json:"processError,omitempty"`
	Ui             []string        `json:"ui"`
	Keep           bool            `json:"keep"`
	ForceOverride  bool            `json:"forceOverride"`
	Artifact       *artifactSeen   `json:"artifact,omitempty"`
	InputDestroyed bool            `json:"inputDestroyed"`
}

// probePostProcessor hands it an artifact with one file, and treats both artifacts as packer does.
func probePostProcessor(
	processor packersdk.PostProcessor, configuration []byte, script script,
) (*postProcessorSeen, error) {
	spec := processor.ConfigSpec()
	description, err := described(spec)
	if err != nil {
		return nil, err
	}
	config, err := typed(spec, configuration)
	if err != nil {
		return nil, err
	}
	seen := &postProcessorSeen{Spec: description}
	for range 2 {
		if err := processor.Configure(settings(), config); err != nil {
			seen.ConfigureError = err.Error()
			return seen, nil
		}
	}
	postProcess(processor, seen, script)
	return seen, nil
}

func postProcess(processor packersdk.PostProcessor, seen *postProcessorSeen, script script) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ui := &recordingUi{cancelOn: script.cancelOn, cancel: cancel}
	input := &packersdk.MockArtifact{
		BuilderIdValue: "probe.image",
		IdValue:        "image-1",
		FilesValue:     []string{script.file},
		StringValue:    "An image",
		StateValues: map[string]any{
			"generated_data": map[string]any{"PackerRunUUID": "run-1"},
			"known":          "what the input says",
		},
	}
	artifact, keep, force, err := processor.PostProcess(ctx, ui, input)
	seen.Keep, seen.ForceOverride = keep, force
	if err != nil {
		seen.ProcessError = err.Error()
	}
	if artifact != nil {
		seen.Artifact = readArtifact(artifact)
	}
	seen.Ui = ui.lines()
	seen.InputDestroyed = input.DestroyCalled
}
