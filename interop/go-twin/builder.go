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

// builder packs a directory into an image and offers it in every region.
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
	if b.settings.Store == "" {
		b.settings.Store = "images"
	}
	if len(b.settings.Regions) == 0 {
		b.settings.Regions = []string{"local"}
	}
	return []string{"ImageRoot"}, nil, nil
}

func (b *builder) Run(ctx context.Context, ui packersdk.Ui, hook packersdk.Hook) (packersdk.Artifact, error) {
	root, err := os.MkdirTemp("", "twin-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(root)

	ui.Say("Adding " + b.settings.Source)
	if err := os.CopyFS(root, os.DirFS(b.settings.Source)); err != nil {
		return nil, fmt.Errorf("cannot read the directory %q: %w", b.settings.Source, err)
	}
	data := map[string]interface{}{"ImageRoot": root, "PackerRunUUID": os.Getenv("PACKER_RUN_UUID")}
	if err := hook.Run(ctx, packersdk.HookProvision, ui, nil, data); err != nil {
		return nil, err
	}
	packed, err := pack(root, b.settings.Store)
	if err != nil {
		return nil, err
	}
	ui.Say("Packed " + packed.digest)
	return &artifact{packed: packed, settings: b.settings}, nil
}
