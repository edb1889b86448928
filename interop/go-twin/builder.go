package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/hashicorp/hcl/v2/hcldec"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
)

const builderID = "twin.image"

// builder packs a directory into one file and publishes it as an image of every region.
type builder struct {
	settings settings
}

func (b *builder) ConfigSpec() hcldec.ObjectSpec { return new(flatSettings).HCL2Spec() }

func (b *builder) Prepare(raws ...interface{}) ([]string, []string, error) {
	b.settings = settings{}
	if err := config.Decode(&b.settings, &config.DecodeOpts{PluginType: builderID}, raws...); err != nil {
		return nil, nil, err
	}
	if b.settings.Source == "" {
		return nil, nil, errors.New("source is missing: name the directory to pack")
	}
	if len(b.settings.Regions) == 0 {
		b.settings.Regions = []string{"local"}
	}
	return []string{"TarPath"}, nil, nil
}

func (b *builder) Run(ctx context.Context, ui packersdk.Ui, hook packersdk.Hook) (packersdk.Artifact, error) {
	ui.Say("Packing " + b.settings.Source)
	packed, err := pack(b.settings.Source)
	if err != nil {
		return nil, fmt.Errorf("cannot pack %s: %w", b.settings.Source, err)
	}
	data := map[string]interface{}{
		"ID":            packed.digest,
		"TarPath":       packed.path,
		"PackerRunUUID": os.Getenv("PACKER_RUN_UUID"),
	}
	if err := hook.Run(ctx, packersdk.HookProvision, ui, nil, data); err != nil {
		os.Remove(packed.path)
		return nil, err
	}
	return &artifact{packed: packed, settings: b.settings}, nil
}
