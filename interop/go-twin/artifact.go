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

func (a *artifact) State(name string) interface{} {
	if name != image.ArtifactStateURI {
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
