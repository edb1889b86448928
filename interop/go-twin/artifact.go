package main

import (
	"os"

	"github.com/hashicorp/packer-plugin-sdk/packer/registry/image"
)

// artifact is the packed file; it names one image for each region.
type artifact struct {
	packed   tarball
	settings settings
}

func (a *artifact) BuilderId() string { return builderID }
func (a *artifact) Id() string        { return a.packed.digest }
func (a *artifact) Files() []string   { return []string{a.packed.path} }
func (a *artifact) String() string    { return a.packed.digest + " in " + a.packed.path }
func (a *artifact) Destroy() error    { return os.Remove(a.packed.path) }

// State says nothing to a registry where TWIN_SILENT is set, as builders do that know of none.
func (a *artifact) State(name string) interface{} {
	if name == "generated_data" {
		return map[string]interface{}{"PackerRunUUID": os.Getenv("PACKER_RUN_UUID")}
	}
	if name != image.ArtifactStateURI || os.Getenv("TWIN_SILENT") != "" {
		return nil
	}
	labels := make(map[string]interface{}, len(a.settings.Labels))
	for name, value := range a.settings.Labels {
		labels[name] = value
	}
	images := make([]*image.Image, 0, len(a.settings.Regions))
	for _, region := range a.settings.Regions {
		one, err := image.FromArtifact(a,
			image.WithProvider("tarball"),
			image.WithRegion(region),
			image.WithSourceID(a.settings.Source),
			image.SetLabels(labels),
		)
		if err != nil {
			return err
		}
		images = append(images, one)
	}
	return images
}
