package main

import (
	"context"
	"encoding/json"
	"sort"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/packer/registry/image"
)

type builderSeen struct {
	Spec          json.RawMessage `json:"spec"`
	GeneratedVars []string        `json:"generatedVars"`
	Warnings      []string        `json:"warnings"`
	PrepareError  string          `json:"prepareError,omitempty"`
	RunError      string          `json:"runError,omitempty"`
	Ui            []string        `json:"ui"`
	Hook          *hookSeen       `json:"hook,omitempty"`
	Artifact      *artifactSeen   `json:"artifact,omitempty"`
}

type artifactSeen struct {
	BuilderID string   `json:"builderId"`
	ID        string   `json:"id"`
	String    string   `json:"string"`
	Files     []string `json:"files"`
	Metadata  any      `json:"metadata"`
	Unknown   any      `json:"unknown"`
	Destroy   string   `json:"destroy,omitempty"`
}

// probeBuilder makes the calls that packer makes of a builder, in packer's order.
func probeBuilder(builder packersdk.Builder, configuration []byte, script script) (*builderSeen, error) {
	spec := builder.ConfigSpec()
	description, err := described(spec)
	if err != nil {
		return nil, err
	}
	config, err := typed(spec, configuration)
	if err != nil {
		return nil, err
	}
	seen := &builderSeen{Spec: description}
	seen.GeneratedVars, seen.Warnings, err = builder.Prepare(settings(), config)
	if err != nil {
		seen.PrepareError = err.Error()
		return seen, nil
	}
	runBuilder(builder, seen, script)
	return seen, nil
}

func runBuilder(builder packersdk.Builder, seen *builderSeen, script script) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ui := &recordingUi{cancelOn: script.cancelOn, cancel: cancel}
	hook := &recordingHook{command: script.command}
	artifact, err := builder.Run(ctx, ui, hook)
	seen.Ui = ui.lines()
	seen.Hook = hook.seen
	if err != nil {
		seen.RunError = err.Error()
	}
	if artifact != nil {
		seen.Artifact = readArtifact(artifact)
	}
}

func readArtifact(artifact packersdk.Artifact) *artifactSeen {
	files := append([]string{}, artifact.Files()...)
	sort.Strings(files)
	seen := &artifactSeen{
		BuilderID: artifact.BuilderId(),
		ID:        artifact.Id(),
		String:    artifact.String(),
		Files:     files,
		Metadata:  plain(artifact.State(image.ArtifactStateURI)),
		Unknown:   plain(artifact.State("nobody.knows")),
	}
	if err := artifact.Destroy(); err != nil {
		seen.Destroy = err.Error()
	}
	return seen
}
